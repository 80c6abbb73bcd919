import { InvalidArgumentError } from 'commander';
import type { Command } from 'commander';

import { numberValue } from './option-values.js';

export interface LoraOption {
  readonly name: string;
  readonly weight?: number;
}

/** Options of `riff`, as commander hands them over. */
export interface RiffOptions {
  readonly negative?: string;
  readonly seed?: number;
  readonly steps?: number;
  readonly guidance?: number;
  readonly scheduler?: string;
  readonly speed?: string;
  readonly guidanceInterval?: readonly [number, number];
  readonly guidanceEvery?: number;
  readonly deepFeaturesEvery?: number;
  readonly init?: string;
  readonly strength?: number;
  readonly mask?: string;
  readonly to?: string;
  readonly toSeed?: number;
  readonly toInit?: string;
  readonly alpha?: number;
  readonly morphSteps?: number;
  readonly seconds?: number;
  readonly width?: number;
  readonly bpm?: number;
  readonly loop?: boolean;
  readonly clipSkip?: number;
  readonly tinyDecoder?: boolean;
  readonly lora?: readonly LoraOption[];
  readonly model?: string;
  readonly format?: string | undefined;
  readonly out?: string;
  readonly force?: boolean;
  readonly recipe?: string;
}

export function addRiffOptions(command: Command): Command {
  return command
    .option('--negative <prompt>', 'what you would rather not hear')
    .option('--seed <n>', 'the same seed gives the same clip (random unless given)', numberValue)
    .option('--steps <n>', 'denoising steps', numberValue)
    .option('--guidance <x>', 'how closely to follow the prompt; 1 is not at all', numberValue)
    .option('--scheduler <name>', 'the way from noise to picture, such as euler or dpmpp-2m')
    .option('--speed <name>', 'full, balanced, fast or few-step: what to leave out to save time')
    .option('--guidance-interval <from,to>', 'guide only between these noise levels, 0 to 1', numberPair)
    .option('--guidance-every <n>', 'work guidance out at every n-th step only', numberValue)
    .option(
      '--deep-features-every <n>',
      'run the deep layers of a checkpoint at every n-th step only',
      numberValue,
    )
    .option('--init <clip>', 'start from this picture or sound file, or from a seed picture by its name')
    .option('--strength <x>', 'how much of --init to change, 0 to 1 (default: 0.75)', numberValue)
    .option('--mask <picture>', 'change --init only where this picture, or mask by its name, is white')
    .option('--to <prompt>', 'go towards this prompt')
    .option('--to-seed <n>', 'and this seed (default: the same)', numberValue)
    .option('--alpha <x>', 'how far to go, 0 to 1 (default: 0.5)', numberValue)
    .option('--to-init <clip>', 'and this clip, as --init (default: the same)')
    .option('--morph-steps <n>', 'go all the way, over n pictures that are one piece of music', numberValue)
    .option(
      '--seconds <n>',
      'how long the clip is, up to 180, in whole pictures (default: one, or as long as the file of --init)',
      numberValue,
    )
    .option(
      '--width <columns>',
      'of each picture; 100 are a second (default: what the model does)',
      numberValue,
    )
    .option(
      '--bpm <n>',
      'beats per minute, 40 to 200 (default: as the prompt states, if it does)',
      numberValue,
    )
    .option('--loop', 'make a clip that loops without a seam')
    .option('--clip-skip <n>', 'leave out the last layers of a checkpoint’s text encoder', numberValue)
    .option(
      '--tiny-decoder',
      'decode with the tiny autoencoder of a checkpoint that has one: quicker, less exact',
    )
    .option('--lora <name[:weight]>', 'merge an installed LoRA into the model; may be repeated', addLora)
    .option('--model <name>', 'which model; models list tells them')
    .option('--format <format>', 'mp3, wav or ogg (default: mp3, or as --out ends)')
    .option(
      '--out <path>',
      'sound file to write, the picture goes beside it; or a folder (default: this one)',
    )
    .option('--force', 'overwrite files that are there')
    .option('--recipe <file>', 'make the clip of this picture or sound file again');
}

function numberPair(text: string): [number, number] {
  const numbers = text.split(',').map(numberValue);
  const [from, to] = numbers;
  if (from === undefined || to === undefined || numbers.length !== 2) {
    throw new InvalidArgumentError('It must be two numbers with a comma between them.');
  }
  return [from, to];
}

function addLora(text: string, earlier: readonly LoraOption[] = []): readonly LoraOption[] {
  const [, name = '', weight] = /^(.*?)(?::([^:]*))?$/s.exec(text) ?? [];
  if (name === '') throw new InvalidArgumentError('It must be the name of a LoRA.');
  return [...earlier, weight === undefined ? { name } : { name, weight: numberValue(weight) }];
}
