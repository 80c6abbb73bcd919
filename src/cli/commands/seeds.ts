import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { Command } from 'commander';

import { normalizeLoudness } from '../../engine/audio/normalize-loudness.js';
import { throwIfCancelled } from '../../engine/cancellation.js';
import { writeAudio } from '../../engine/files/write-audio.js';
import { writePicture } from '../../engine/files/write-picture.js';
import { MASK_PICTURES, createMaskPicture } from '../../engine/seed-pictures/mask-pictures.js';
import type { MaskPictureDescription } from '../../engine/seed-pictures/mask-pictures.js';
import {
  SEED_PICTURES,
  SEED_PICTURE_WIDTH,
  createSeedSound,
  describeSeedPicture,
} from '../../engine/seed-pictures/seed-pictures.js';
import type { SeedPictureDescription } from '../../engine/seed-pictures/seed-pictures.js';
import { soundToPicture } from '../../engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../engine/spectrogram/spectrogram-params.js';
import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { numberValue } from '../option-values.js';
import { checkWritable, makeFolder, saveFiles } from '../output-file.js';
import type { FileToSave } from '../output-file.js';
import { table } from '../output.js';
import { addSpectrogramOptions, givenParams } from '../spectrogram-options.js';

interface SeedsOptions extends Partial<SpectrogramParams> {
  readonly out?: string;
  readonly audio?: boolean;
  readonly masks?: boolean;
  readonly width: number;
  readonly force?: boolean;
}

/** What was asked for, checked. */
interface Selection {
  readonly seedPictures: readonly SeedPictureDescription[];
  readonly masks: readonly MaskPictureDescription[];
  readonly params: SpectrogramParams;
  readonly width: number;
  readonly withAudio: boolean;
}

export function seedsCommand(context: CommandContext): Command {
  const command = new Command('seeds')
    .description('list the pictures to begin with, and the masks, or write them to files')
    .argument('[names...]', 'of some of them (default: all)')
    .option('--out <folder>', 'write the pictures there, as <name>.png')
    .option('--audio', 'with --out: write their sounds, too, as <name>.wav')
    .option('--masks', 'with --out: write the masks, too, as mask-<name>.png')
    .option('--width <columns>', 'columns of the pictures', numberValue, SEED_PICTURE_WIDTH);
  return addSpectrogramOptions(command, 'riffusion')
    .option('--force', 'overwrite files that are there')
    .option('--json', 'print one JSON object')
    .action((names: string[], options: SeedsOptions) => seeds(context, names, options));
}

async function seeds(
  context: CommandContext,
  names: readonly string[],
  options: SeedsOptions,
): Promise<void> {
  const { out, audio = false, masks = false, width, force = false } = options;
  if (out === undefined && (audio || masks)) {
    throw new CliError('usage', '--audio and --masks need --out, the folder that the files go to.');
  }
  const params = { ...DEFAULT_SPECTROGRAM_PARAMS, ...givenParams(options) };
  const chosen = names.length > 0 ? [...new Set(names)] : SEED_PICTURES.map(({ name }) => name);
  const selection = {
    seedPictures: chosen.map((name) => describeSeedPicture(name, params, width)),
    masks: masks || (out === undefined && names.length === 0) ? MASK_PICTURES : [],
    params,
    width,
    withAudio: audio,
  };
  if (out === undefined) {
    context.output.result({ seedPictures: selection.seedPictures, masks: selection.masks }, list(selection));
    return;
  }
  const files = await writeAll(context, selection, out, force);
  context.output.result({ seedPictures: selection.seedPictures, masks: selection.masks, files }, files);
}

/** @returns the files' paths */
async function writeAll(
  { signal }: CommandContext,
  selection: Selection,
  folder: string,
  force: boolean,
): Promise<string[]> {
  await makeFolder(folder);
  const makers = [...seedMakers(selection, folder), ...maskMakers(selection, folder)];
  const paths = makers.flatMap((maker) => maker.paths);
  for (const path of paths) await checkWritable(path, force);
  const files: FileToSave[] = [];
  for (const { make } of makers) {
    await setImmediate(); // The work blocks this thread: only between two pieces of it is Ctrl-C heard.
    throwIfCancelled(signal);
    files.push(...(await make()));
  }
  await saveFiles(files);
  return paths;
}

interface FileMaker {
  readonly paths: readonly string[];
  /** The same files, in the same order. */
  readonly make: () => Promise<FileToSave[]>;
}

function seedMakers({ seedPictures, params, width, withAudio }: Selection, folder: string): FileMaker[] {
  return seedPictures.map(({ name }) => {
    const [png, wav] = [join(folder, `${name}.png`), join(folder, `${name}.wav`)];
    return {
      paths: withAudio ? [png, wav] : [png],
      make: async () => {
        const clip = createSeedSound(name, params, width);
        const { picture, maxValue } = soundToPicture(clip, params, { circular: true });
        const files = [{ path: png, bytes: await writePicture(picture, params, { maxValue }) }];
        if (!withAudio) return files;
        const { bytes } = await writeAudio(normalizeLoudness(clip, { circular: true }), 'wav');
        return [...files, { path: wav, bytes }];
      },
    };
  });
}

/** The beats of the masks are those of the first picture. */
function maskMakers({ seedPictures, masks, params, width }: Selection, folder: string): FileMaker[] {
  const beats = seedPictures[0]?.beats ?? 1;
  return masks.map(({ name }) => {
    const path = join(folder, `mask-${name}.png`);
    return {
      paths: [path],
      make: async () => {
        const picture = createMaskPicture(name, width, params.numFrequencies, { beats });
        return [{ path, bytes: await writePicture(picture, params) }];
      },
    };
  });
}

function list({ seedPictures, masks }: Selection): string[] {
  const rows = [
    ...seedPictures.map(({ name, beatsPerMinute, meter, description }) => {
      const tempo = `${beatsPerMinute.toFixed(1).padStart(5)} bpm`;
      return [name, `${tempo}  ${meter}  ${description}`] as const;
    }),
    ...masks.map(({ name, description }) => [name, description] as const),
  ];
  const lines = table(rows);
  if (masks.length === 0) return lines;
  const pictures = lines.slice(0, seedPictures.length);
  return [...pictures, '', 'Masks: white is painted anew, black stays', ...lines.slice(seedPictures.length)];
}
