import { Command } from 'commander';

import { EngineError } from '../../../engine/errors.js';
import type { ModelFolder } from '../../../engine/runtime/model-folder.js';
import type { CommandContext } from '../../command-context.js';
import { TransferBar } from '../../transfer-bar.js';
import { findModel } from './model-facts.js';

interface Verdict {
  readonly name: string;
  readonly ok: boolean;
  readonly fault?: string;
}

export function verifyCommand(context: CommandContext): Command {
  return new Command('verify')
    .description('check every byte of a model, or of all')
    .argument('[name]', 'which model')
    .option('--json', 'print one JSON object')
    .action((name: string | undefined) => verify(context, name));
}

/** Ends with 4 when a model is damaged. */
async function verify(context: CommandContext, name: string | undefined): Promise<void> {
  const { parts, output, terminal } = context;
  const { models, faults } =
    name === undefined
      ? await parts.createModelStore().all()
      : { models: [await findModel(parts, name)], faults: [] };
  const bar = new TransferBar(
    terminal,
    models.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  const verdicts: Verdict[] = [];
  try {
    for (const model of models) verdicts.push(await verdictOn(model, bar, context));
  } finally {
    bar.stop();
  }
  const messages = faults.map(({ message }) => message);
  const isWell = messages.length === 0 && verdicts.every(({ ok }) => ok);
  const lines = verdicts.map((verdict) => verdict.fault ?? `${verdict.name}: every file is as it should be.`);
  output.result({ ok: isWell, models: verdicts, faults: messages }, [...lines, ...messages]);
  process.exitCode = isWell ? 0 : 4;
}

async function verdictOn(model: ModelFolder, bar: TransferBar, { signal }: CommandContext): Promise<Verdict> {
  const { name } = model;
  bar.describe(`checking ${name}`);
  try {
    await model.verify({ trustEarlierChecks: false, signal, onBytes: (count) => bar.add(count) });
    return { name, ok: true };
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    return { name, ok: false, fault: error.message };
  }
}
