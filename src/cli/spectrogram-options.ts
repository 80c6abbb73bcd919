import { Option } from 'commander';
import type { Command } from 'commander';

import { STEREO_LAYOUTS } from '../engine/limits.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../engine/spectrogram/spectrogram-params.js';
import { numberValue } from './option-values.js';

type NumberParam = Exclude<keyof SpectrogramParams, 'stereo' | 'stereoLayout'>;

/** Commander's name for each option is the parameter's own. */
const NUMBER_OPTIONS: readonly (readonly [flags: string, param: NumberParam, description: string])[] = [
  ['--sample-rate <hz>', 'sampleRate', 'samples per second'],
  ['--step-size-ms <ms>', 'stepSizeMs', 'time between two columns'],
  ['--window-duration-ms <ms>', 'windowDurationMs', 'length of the window'],
  ['--padded-duration-ms <ms>', 'paddedDurationMs', 'length of the window with zeros around it'],
  ['--num-frequencies <n>', 'numFrequencies', 'frequency bands, which are rows of the picture'],
  ['--min-frequency <hz>', 'minFrequency', 'lowest frequency'],
  ['--max-frequency <hz>', 'maxFrequency', 'highest frequency'],
  ['--power-for-image <x>', 'powerForImage', 'exponent from loudness to grey level'],
];

/** Adds an option for every parameter; unset ones stay undefined. */
export function addSpectrogramOptions(command: Command, defaults: 'riffusion' | 'file'): Command {
  const standard = (param: NumberParam): string =>
    `standard: ${DEFAULT_SPECTROGRAM_PARAMS[param]}${defaults === 'file' ? ', or as the file says' : ''}`;
  for (const [flags, param, description] of NUMBER_OPTIONS) {
    command.option(flags, `${description} (${standard(param)})`, numberValue);
  }
  return command
    .option('--stereo', 'two channels, in the green and blue of the picture')
    .option('--no-stereo', 'one channel')
    .addOption(
      new Option('--stereo-layout <layout>', 'which channel is where in the picture').choices(STEREO_LAYOUTS),
    );
}

/** The parameters that were given on the command line. */
export function givenParams(options: Partial<SpectrogramParams>): Partial<SpectrogramParams> {
  const names = [...NUMBER_OPTIONS.map(([, param]) => param), 'stereo', 'stereoLayout'] as const;
  const given = names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]);
  return Object.fromEntries(given) as Partial<SpectrogramParams>;
}
