import type { ModelConfig } from '../diffusion/model-config.js';
import { fitToWidth } from '../diffusion/picture-size.js';
import { EngineError } from '../errors.js';
import { repeatColumns } from '../files/clip-as-picture.js';
import type { PictureTarget, WholeClip, WholeClipTarget } from '../files/clip-as-picture.js';
import { readPixels } from '../files/read-picture.js';
import type { GenerationRequest, InitSource, MaskSource } from '../generation-request.js';
import { createMaskPicture } from '../seed-pictures/mask-pictures.js';
import { createSeedPicture, describeSeedPicture } from '../seed-pictures/seed-pictures.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';
import type { SoundWorkshop } from '../workshop/sound-workshop.js';
import { pictureWidthOf } from './piece-plan.js';

/** What image to image starts from. */
export interface FirstPictures {
  readonly init?: SpectrogramPicture;
  readonly endInit?: SpectrogramPicture;
  readonly mask?: SpectrogramPicture;
}

/**
 * The clip that says how long the new one is to be: a file, of a request that does not say so itself.
 * @returns `undefined` where there is none
 * @throws EngineError as `wholeClipAsPicture`; CancelledError
 */
export async function wholeInit(
  request: Pick<GenerationRequest, 'init' | 'pictures' | 'seconds' | 'end' | 'loop' | 'width'>,
  config: ModelConfig,
  workshop: SoundWorkshop,
  signal: AbortSignal | undefined,
): Promise<WholeClip | undefined> {
  const { init, pictures, seconds, end, loop } = request;
  if (init?.kind !== 'file' || pictures !== undefined || seconds !== undefined || end) return undefined;
  const target: WholeClipTarget = {
    params: config.spectrogramParams,
    pictureWidth: pictureWidthOf(request, config),
    ending: loop === true ? 'round' : config.circular ? 'round-if-whole' : 'open',
  };
  return workshop.wholeClipAsPicture(init.bytes, target, { signal });
}

/**
 * Reads or draws the pictures that a request names, in the form of the model's own.
 * @throws EngineError as `clipAsPicture`, `createSeedPicture` and `createMaskPicture`; CancelledError
 */
export async function firstPictures(
  { init, mask, end }: Pick<GenerationRequest, 'init' | 'mask' | 'end'>,
  target: PieceTarget,
  workshop: SoundWorkshop,
  signal: AbortSignal | undefined,
): Promise<FirstPictures> {
  if (!init) return {};
  return {
    init: target.whole ?? (await initPicture(init, target, workshop, signal)),
    ...(end?.init && { endInit: await initPicture(end.init, target, workshop, signal) }),
    ...(mask && { mask: await maskPicture(mask, init, target) }),
  };
}

/** The whole, of which each picture repeats a seed picture. */
export interface PieceTarget extends PictureTarget {
  /** Columns. */
  readonly pictureWidth: number;
  /** Columns of the whole that will be kept. */
  readonly keptWidth: number;
  /** The first clip, where it has been read already. */
  readonly whole?: SpectrogramPicture | undefined;
}

function initPicture(
  init: InitSource,
  target: PieceTarget,
  workshop: SoundWorkshop,
  signal: AbortSignal | undefined,
): Promise<SpectrogramPicture> | SpectrogramPicture {
  return init.kind === 'file'
    ? workshop.clipAsPicture(init.bytes, target, { signal })
    : repeatColumns(createSeedPicture(init.name, target.params, target.pictureWidth), target.width);
}

async function maskPicture(
  mask: MaskSource,
  init: InitSource,
  { params, width, keptWidth, pictureWidth }: PieceTarget,
): Promise<SpectrogramPicture> {
  if (mask.kind === 'file') return maskFile(mask.bytes);
  // The masks that hold the beat must know where it is; of a clip of unknown tempo, the usual one is assumed.
  const beats =
    init.kind === 'seed-picture'
      ? (describeSeedPicture(init.name, params, pictureWidth).beats * width) / pictureWidth
      : undefined;
  const kept = createMaskPicture(mask.name, keptWidth, params.numFrequencies, {
    ...(beats !== undefined && { beats }),
  });
  return fitToWidth(kept, width, { height: params.numFrequencies });
}

async function maskFile(bytes: Uint8Array): Promise<SpectrogramPicture> {
  try {
    return await readPixels(bytes);
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause;
    throw new EngineError(cause.code, `The mask cannot be used. ${cause.message}`, { cause });
  }
}
