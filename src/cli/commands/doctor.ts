import { Command } from 'commander';

import { throwIfCancelled } from '../../engine/cancellation.js';
import type { CommandContext } from '../command-context.js';
import type { Check } from '../doctor/check.js';
import { checkBot } from '../doctor/check-bot.js';
import { checkFfmpeg, checkMachine, checkNode } from '../doctor/check-machine.js';
import { checkModels } from '../doctor/check-models.js';
import { checkRuntime } from '../doctor/check-runtime.js';
import type { ExitCode } from '../exit-codes.js';
import { table } from '../output.js';

const SIGNS = {
  ok: 'ok      ',
  missing: 'MISSING ',
  broken: 'BROKEN  ',
  off: '-       ',
} as const satisfies Record<Check['status'], string>;

export function doctorCommand(context: CommandContext): Command {
  return new Command('doctor')
    .description('look at what is installed, what works, and what is missing and how to get it')
    .option('--json', 'print one JSON object')
    .action(() => doctor(context));
}

/** Ends with 4 when no model can be used, with 1 when something else is missing that a clip needs. */
async function doctor({ parts, output, signal }: CommandContext): Promise<void> {
  const [runtime, models, bot] = await Promise.all([
    checkRuntime(parts.device()),
    checkModels(parts.modelRoots()),
    checkBot(parts.botSettings()),
  ]);
  throwIfCancelled(signal);
  const checks = [checkNode(), checkMachine(), ...runtime, ...models, checkFfmpeg(), ...bot];
  const exitCode = exitCodeFor(checks);
  const shown = checks.map(({ name, ...rest }) => ({ name: name.trim(), ...rest }));
  output.result({ ok: exitCode === 0, checks: shown }, [...linesFor(checks), '', verdict(exitCode)]);
  process.exitCode = exitCode;
}

function linesFor(checks: readonly Check[]): string[] {
  const lines = table(checks.map(({ name, found }) => [name, found] as const));
  return checks.flatMap(({ status, advice }, index) => {
    const line = `${SIGNS[status]}${lines[index] ?? ''}`;
    return advice === undefined ? [line] : [line, `${' '.repeat(SIGNS.ok.length)}  -> ${advice}`];
  });
}

function exitCodeFor(checks: readonly Check[]): ExitCode {
  const models = checks.filter(({ name }) => name === 'Model');
  if (!models.some(({ status }) => status === 'ok')) return 4;
  const others = checks.filter(({ name, isNeeded }) => isNeeded && name !== 'Model');
  return others.every(({ status }) => status === 'ok') ? 0 : 1;
}

function verdict(exitCode: ExitCode): string {
  return exitCode === 0
    ? 'Everything that a clip needs is here.'
    : 'Something that a clip needs is missing: see above.';
}
