import { stat } from 'node:fs/promises';

import { Command, Option } from 'commander';

import { CancelledError } from '../../../engine/errors.js';
import { PRECISIONS } from '../../../engine/checkpoint/diffusers-layout.js';
import type { Precision } from '../../../engine/checkpoint/diffusers-layout.js';
import type { ModelFolder } from '../../../engine/runtime/model-folder.js';
import { isHubId } from '../../../hub/hub-client.js';
import { byteSize } from '../../byte-size.js';
import { CliError } from '../../cli-error.js';
import type { CommandContext } from '../../command-context.js';
import { table } from '../../output.js';
import { addFromFile } from './add-from-file.js';
import { addFromFolder } from './add-from-folder.js';
import { addFromHub } from './add-from-hub.js';
import { sourceName } from './model-facts.js';

/** Options of `models add`, as commander hands them over. */
export interface AddOptions {
  readonly name?: string;
  readonly precision: Precision;
  readonly revision: string;
  readonly file?: string;
  readonly acceptLicence?: boolean;
}

export function addCommand(context: CommandContext): Command {
  return new Command('add')
    .description('add a Stable Diffusion checkpoint or a LoRA')
    .argument('<from>', 'model of the hub (owner/name), folder in diffusers layout, or LoRA file (.safetensors)')
    .option('--name <name>', 'what to call it here (default: as it is called there)')
    .addOption(
      new Option('--precision <precision>', 'of the weights: half the size, or full; full where there is no half')
        .choices(PRECISIONS)
        .default('fp16'),
    )
    .option('--revision <revision>', 'branch, tag or commit at the hub', 'main')
    .option('--file <path>', 'the LoRA among the files of a model of the hub')
    .option('--accept-licence', 'accept the licence of a model of the hub without being asked')
    .option('--json', 'print one JSON object')
    .action((from: string, options: AddOptions) => add(context, from, options));
}

async function add(context: CommandContext, from: string, options: AddOptions): Promise<void> {
  try {
    report(context, await addFrom(context, from, options));
  } catch (cause) {
    if (!context.signal.aborted && !(cause instanceof CancelledError)) throw cause;
    const message =
      'Interrupted: what has arrived is kept. Run the same command again to go on; `riffcord models list` shows it.';
    throw new CliError('interrupted', message, { cause });
  }
}

/** What lies on this machine goes before what the hub may have. */
async function addFrom(context: CommandContext, from: string, options: AddOptions): Promise<ModelFolder> {
  const stats = await stat(from).catch(() => undefined);
  if (stats?.isDirectory()) return addFromFolder(context, from, options);
  if (stats?.isFile()) return addFromFile(context, from, options);
  if (isHubId(from)) return addFromHub(context, from, options);
  const message = `There is no folder or file ${from}, and it is no model of the hub, which is called as owner/name.`;
  throw new CliError('input_unreadable', message);
}

function report({ output }: CommandContext, model: ModelFolder): void {
  const { name, version, kind, bytes, licence, source, sha256, root: folder } = model;
  const use =
    kind === 'lora'
      ? `riffcord riff "..." --lora ${name}`
      : `riffcord riff "..." --model ${name}, or riffcord models default ${name}`;
  output.result(
    { name, version, kind, bytes, licence, source, sha256, folder },
    table([
      ['Added', `${name} ${version} (${kind}, ${byteSize(bytes)})`],
      ['Licence', licence ?? 'not stated'],
      ['From', sourceName(source)],
      ['Folder', folder],
      ['To use it', use],
    ]),
  );
}
