/** Which execution providers of ONNX Runtime really start on this machine. */
import { fork } from 'node:child_process';

export interface ExecutionProviderProbe {
  /** As ONNX Runtime calls it: `cpu`, `webgpu`, `cuda`, ... */
  readonly name: string;
  readonly starts: boolean;
  /** Why it does not start; for experts. */
  readonly reason?: string;
}

export interface RuntimeProbe {
  /** Version of ONNX Runtime; undefined when it cannot be loaded at all. */
  readonly version: string | undefined;
  readonly providers: readonly ExecutionProviderProbe[];
}

/** What the probing process says, in this order. */
export type ProbeMessage =
  | { readonly type: 'began'; readonly version: string; readonly names: readonly string[] }
  | { readonly type: 'probed'; readonly provider: ExecutionProviderProbe };

export interface ProbeOptions {
  /** Milliseconds after which a provider that neither starts nor fails is given up. @defaultValue 20000 */
  readonly timeoutMs?: number;
  /** Compiled entry file of the process. @defaultValue execution-provider-probe.js beside this file */
  readonly entry?: URL;
}

/**
 * Starts each provider in a process of its own, since drivers may crash, hang and write to the terminal. Never
 * rejects: a provider on which the process died does not start.
 */
export function probeExecutionProviders(options: ProbeOptions = {}): Promise<RuntimeProbe> {
  const { timeoutMs = 20_000, entry = new URL('./execution-provider-probe.js', import.meta.url) } = options;
  const child = fork(entry, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], execArgv: [] });
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  let version: string | undefined;
  let names: readonly string[] = [];
  const probed = new Map<string, ExecutionProviderProbe>();
  child.on('message', (message) => {
    const said = message as ProbeMessage;
    if (said.type === 'began') ({ version, names } = said);
    else probed.set(said.provider.name, said.provider);
  });
  return new Promise((resolve) => {
    const finish = (): void => {
      clearTimeout(timer);
      const providers = names.map(
        (name) => probed.get(name) ?? { name, starts: false, reason: 'It crashed or hung.' },
      );
      resolve({ version, providers });
    };
    child.once('exit', finish);
    child.once('error', finish);
  });
}
