/** What this machine could run networks on, found out by trying. */
import { knownExecutionProviders, OnnxSession } from './onnx-session.js';

export interface ExecutionProviderProbe {
  /** `cpu`, `webgpu`, `cuda`, ... */
  readonly name: string;
  /** True when a network loads on it and gives the right answer. */
  readonly isAvailable: boolean;
  /** Why not, in one line of the runtime's words. */
  readonly reason?: string;
}

/** The smallest network that computes something: y = x + x, one float32, opset 17. */
const DOUBLING_MODEL = Buffer.from(
  'CAgSADo5Cg4KAXgKAXgSAXkiA0FkZBIFcHJvYmVaDwoBeBIKCggIARIECgIIAWIPCgF5EgoKCAgBEgQKAggBQgQKABAR',
  'base64',
);

/** Tries each execution provider that this build of ONNX Runtime knows. A driver may write to stderr meanwhile. */
export async function probeExecutionProviders(): Promise<readonly ExecutionProviderProbe[]> {
  const probes: ExecutionProviderProbe[] = [];
  for (const name of knownExecutionProviders()) probes.push(await probe(name));
  return probes;
}

async function probe(name: string): Promise<ExecutionProviderProbe> {
  let reason = '';
  const onFallBack = (_provider: string, error: Error): void => {
    reason = error.message;
  };
  try {
    const session = await OnnxSession.create(DOUBLING_MODEL, { executionProviders: [name], onFallBack });
    const outputs = await session.run({ x: { shape: [1], data: Float32Array.of(21) } });
    await session.dispose();
    if (session.executionProvider === name && outputs['y']?.data[0] === 42) {
      return { name, isAvailable: true };
    }
  } catch (error) {
    reason = String(error);
  }
  return { name, isAvailable: false, reason: oneLine(reason) };
}

/** The first line, without the place in the runtime's own source that some messages begin with. */
function oneLine(message: string): string {
  return (message.split('\n')[0] ?? '').replace(/^\/\S+:\d+ .* was false\. /, '');
}
