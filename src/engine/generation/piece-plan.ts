/** How many pictures a clip is made of, how wide they are and whether the last one goes on at the first. */
import type { ModelConfig } from '../diffusion/model-config.js';
import { checkWidth } from '../diffusion/picture-size.js';
import { EngineError } from '../errors.js';
import type { WholeClip } from '../files/clip-as-picture.js';
import type { GenerationRequest } from '../generation-request.js';
import { IMAGE_MAX_PIXELS } from '../limits.js';
import { columnsOf, hopLength } from '../spectrogram/spectrogram-params.js';

export interface PiecePlan {
  /** 1 = a clip as the model was trained on; more are one piece of music. */
  readonly pictures: number;
  /** Columns of each picture. */
  readonly pictureWidth: number;
  /** The whole goes all the way from the start to the end, rather than to one point between them. */
  readonly isMorph: boolean;
  /** The right edge of the whole continues at its left edge. */
  readonly circular: boolean;
  /** Exact length of a clip that is as long as the one it is made of, and no whole number of pictures. */
  readonly seconds?: number;
}

type PieceRequest = Pick<GenerationRequest, 'pictures' | 'seconds' | 'width' | 'end' | 'alpha' | 'loop'>;

/**
 * Seconds become whole pictures, so that loops stay in time.
 * @param whole the clip that it is made of, where that says how long it is
 * @throws EngineError `invalid_request` for a width that the model cannot make, and for too many columns in all
 */
export function planPiece(request: PieceRequest, config: ModelConfig, whole?: WholeClip): PiecePlan {
  const pictureWidth = pictureWidthOf(request, config);
  const pictures = whole
    ? whole.picture.width / pictureWidth
    : (request.pictures ?? picturesIn(request.seconds, pictureWidth, config));
  if (pictures * pictureWidth * config.height > IMAGE_MAX_PIXELS) {
    const most = Math.floor(IMAGE_MAX_PIXELS / (pictureWidth * config.height));
    throw new EngineError(
      'invalid_request',
      `A clip of ${pictures} pictures would be too long: at this width there are ${most} at most.`,
    );
  }
  const isMorph = pictures > 1 && request.end !== undefined && request.alpha === undefined;
  const seconds = whole?.seconds;
  const circular = request.loop === true || (config.circular && !isMorph && seconds === undefined);
  return { pictures, pictureWidth, isMorph, circular, ...(seconds !== undefined && { seconds }) };
}

/** @throws EngineError `invalid_request` for a width that the model cannot make */
export function pictureWidthOf({ width }: Pick<PieceRequest, 'width'>, config: ModelConfig): number {
  return width === undefined ? config.width : checkWidth(width, config);
}

/** Columns of all pictures together that are kept. */
export function keptWidth({ pictures, pictureWidth, seconds }: PiecePlan, config: ModelConfig): number {
  return seconds === undefined ? pictures * pictureWidth : columnsOf(seconds, config.spectrogramParams);
}

function picturesIn(
  seconds: number | undefined,
  width: number,
  { spectrogramParams: params }: Pick<ModelConfig, 'spectrogramParams'>,
): number {
  if (seconds === undefined) return 1;
  return Math.max(1, Math.round((seconds * params.sampleRate) / (width * hopLength(params))));
}
