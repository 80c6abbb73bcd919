/** Which execution providers of ONNX Runtime really work on this machine. */
import { fork } from 'node:child_process';

import type { GraphTarget } from '../checkpoint/networks/graph-options.js';
import type { ExecutionProvider } from './execution-provider.js';

export type ExecutionProviderProbe =
  /** Gives the CPU's numbers, with graphs written so, and in how many times less time; the CPU's own is 1. */
  | {
      readonly name: ExecutionProvider;
      readonly state: 'works';
      readonly target: GraphTarget;
      readonly speedup: number;
    }
  /** Gives other numbers; the largest difference over the largest number. */
  | { readonly name: ExecutionProvider; readonly state: 'miscalculates'; readonly relativeError: number }
  /** `reason` is a clause for people, `detail` what the runtime said. */
  | {
      readonly name: ExecutionProvider;
      readonly state: 'fails';
      readonly reason: string;
      readonly detail?: string;
    };

export interface RuntimeProbe {
  /** Version of ONNX Runtime; undefined when it cannot be loaded at all. */
  readonly version: string | undefined;
  /** Those that this build of ONNX Runtime has. */
  readonly providers: readonly ExecutionProviderProbe[];
}

/** What the probing process says, in this order. */
export type ProbeMessage =
  | { readonly type: 'began'; readonly version: string; readonly names: readonly ExecutionProvider[] }
  | { readonly type: 'probed'; readonly provider: ExecutionProviderProbe };

export interface ProbeOptions {
  /**
   * Milliseconds for all of them; one that neither works nor fails by then is given up, as are those after it.
   * @defaultValue 90000
   */
  readonly timeoutMs?: number;
  /** Compiled entry file of the process. @defaultValue execution-provider-probe.js beside this file */
  readonly entry?: URL;
}

/**
 * Tries each provider in a process of its own, since drivers may crash, hang and write to the terminal. Never
 * rejects: a provider on which the process died fails.
 */
export function probeExecutionProviders(options: ProbeOptions = {}): Promise<RuntimeProbe> {
  const { timeoutMs = 90_000, entry = new URL('./execution-provider-probe.js', import.meta.url) } = options;
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  let version: string | undefined;
  let names: readonly ExecutionProvider[] = [];
  const probed = new Map<string, ExecutionProviderProbe>();
  child.on('message', (message) => {
    const said = message as ProbeMessage;
    if (said.type === 'began') ({ version, names } = said);
    else probed.set(said.provider.name, said.provider);
  });
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      resolve({ version, providers: names.map((name) => probed.get(name) ?? crashedOrHung(name)) });
    };
    child.once('exit', finish);
    child.once('error', finish);
  });
}

function crashedOrHung(name: ExecutionProvider): ExecutionProviderProbe {
  return { name, state: 'fails', reason: 'it crashed or hung when it was tried' };
}
