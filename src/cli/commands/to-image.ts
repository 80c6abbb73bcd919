import { Command } from 'commander';

import { AUDIO_MAX_BYTES } from '../../engine/limits.js';
import {
  DEFAULT_SPECTROGRAM_PARAMS,
  validateSpectrogramParams,
} from '../../engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../engine/spectrogram/spectrogram-params.js';
import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { convertFile } from '../convert-file.js';
import { readInputFile } from '../input-file.js';
import { numberFrom } from '../option-values.js';
import { checkWritable, pictureFormatOf, saveFiles } from '../output-file.js';
import { table } from '../output.js';
import { addSpectrogramOptions, givenParams } from '../spectrogram-options.js';

interface ToImageOptions extends Partial<SpectrogramParams> {
  readonly start?: number;
  readonly duration?: number;
  readonly force?: boolean;
}

export function toImageCommand(context: CommandContext): Command {
  const command = new Command('to-image')
    .description('turn a sound file into its spectrogram picture')
    .argument('<sound>', 'WAV, MP3, Ogg Opus, Ogg Vorbis or FLAC file')
    .argument('<picture>', 'file to write: .png, .jpg or .webp')
    .option('--start <s>', 'leave out this many seconds at the beginning', numberFrom(0))
    .option('--duration <s>', 'take this many seconds (default: all)', numberFrom(0));
  return addSpectrogramOptions(command, 'riffusion')
    .option('--force', 'overwrite the file if it is there')
    .option('--json', 'print one JSON object')
    .action((input: string, path: string, options: ToImageOptions) => toImage(context, input, path, options));
}

async function toImage(
  context: CommandContext,
  input: string,
  path: string,
  options: ToImageOptions,
): Promise<void> {
  const format = pictureFormatOf(path);
  if (format === undefined) {
    throw new CliError('usage', `The picture must end in .png, .jpg or .webp, not as ${path} does.`);
  }
  const params = { ...DEFAULT_SPECTROGRAM_PARAMS, ...givenParams(options) };
  validateSpectrogramParams(params);
  const bytes = await readInputFile(input, AUDIO_MAX_BYTES);
  await checkWritable(path, options.force ?? false);
  const { start = 0, duration } = options;
  const file = await convertFile(context, { type: 'to-image', bytes, format, params, start, duration });
  await saveFiles([{ path, bytes: file.bytes }]);
  const { width, height, durationSeconds } = file;
  context.output.result(
    { file: path, width, height, durationSeconds, params },
    table([
      ['Picture', path],
      ['Size', `${width} x ${height}`],
      ['Duration', `${durationSeconds.toFixed(2)} s`],
    ]),
  );
}
