import { Command, Option } from 'commander';

import {
  GRIFFIN_LIM_ITERATIONS_MAX,
  GRIFFIN_LIM_ITERATIONS_MIN,
  IMAGE_MAX_BYTES,
  QUALITIES,
  SAMPLE_RATE_MAX,
  SAMPLE_RATE_MIN,
  SEED_MAX,
  SEED_MIN,
} from '../../engine/limits.js';
import type { Quality } from '../../engine/limits.js';
import type { SpectrogramParams } from '../../engine/spectrogram/spectrogram-params.js';
import { CliError } from '../cli-error.js';
import type { CommandContext } from '../command-context.js';
import { convertFile } from '../convert-file.js';
import { readInputFile } from '../input-file.js';
import { wholeNumberFrom } from '../option-values.js';
import { audioFormatOf, checkWritable, saveFiles } from '../output-file.js';
import { table } from '../output.js';
import { addSpectrogramOptions, givenParams } from '../spectrogram-options.js';

interface ToAudioOptions extends Partial<SpectrogramParams> {
  readonly seed?: number;
  readonly loop?: boolean;
  readonly quality: Quality;
  readonly iterations?: number;
  readonly outputRate?: number;
  readonly force?: boolean;
}

export function toAudioCommand(context: CommandContext): Command {
  const command = new Command('to-audio')
    .description('turn a spectrogram picture into sound')
    .argument('<picture>', 'PNG, JPEG or WebP file, of Riffcord or riffusion')
    .argument('<sound>', 'file to write: .wav, .mp3 or .ogg')
    .option(
      '--seed <n>',
      'of the phases that the picture does not tell (default: 0)',
      wholeNumberFrom(SEED_MIN, SEED_MAX),
    )
    .option('--loop', 'make a sound whose end runs on into its beginning')
    .addOption(
      new Option('--quality <name>', "how much work goes into it; reference is riffusion's own way")
        .choices(QUALITIES)
        .default('studio'),
    )
    .option(
      '--iterations <n>',
      'of Griffin-Lim: more are slower and closer (default: those of the quality)',
      wholeNumberFrom(GRIFFIN_LIM_ITERATIONS_MIN, GRIFFIN_LIM_ITERATIONS_MAX),
    )
    .option(
      '--output-rate <hz>',
      "samples per second of the sound (default: the picture's)",
      wholeNumberFrom(SAMPLE_RATE_MIN, SAMPLE_RATE_MAX),
    );
  return addSpectrogramOptions(command, 'file')
    .option('--force', 'overwrite the file if it is there')
    .option('--json', 'print one JSON object')
    .action((input: string, path: string, options: ToAudioOptions) => toAudio(context, input, path, options));
}

async function toAudio(
  context: CommandContext,
  input: string,
  path: string,
  options: ToAudioOptions,
): Promise<void> {
  const format = audioFormatOf(path);
  if (format === undefined) {
    throw new CliError('usage', `The sound must end in .wav, .mp3 or .ogg, not as ${path} does.`);
  }
  const bytes = await readInputFile(input, IMAGE_MAX_BYTES);
  await checkWritable(path, options.force ?? false);
  const { seed = 0, loop = false, quality, iterations, outputRate: sampleRate } = options;
  const params = givenParams(options);
  const file = await convertFile(context, {
    type: 'to-audio',
    bytes,
    format,
    params,
    seed,
    loop,
    quality,
    sampleRate,
    iterations,
  });
  await saveFiles([{ path, bytes: file.bytes }]);
  const { durationSeconds, numberOfChannels, paramsFromTags } = file;
  context.output.result(
    { file: path, durationSeconds, numberOfChannels, params: file.params, paramsFromTags },
    table([
      ['Sound', path],
      ['Duration', `${durationSeconds.toFixed(2)} s`],
      ['Channels', numberOfChannels === 2 ? 'stereo' : 'mono'],
      [
        'Parameters',
        paramsFromTags === true ? 'from the picture' : 'the standard ones, since the picture has none',
      ],
    ]),
  );
}
