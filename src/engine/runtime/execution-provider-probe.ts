/** Entry file of a process that tries each execution provider and says how it went; one of them may end it. */
import * as ort from 'onnxruntime-node';

import { knownExecutionProviders } from './onnx-session.js';
import type { ProbeMessage } from './execution-providers.js';

/** A network of one Identity node, x -> y, one float (ONNX IR version 8, operator set 13). */
const IDENTITY_MODEL = Buffer.from(
  'CAg6OwoQCgF4EgF5IghJZGVudGl0eRIFcHJvYmVaDwoBeBIKCggIARIECgIIAWIPCgF5EgoKCAgBEgQKAggBQgQKABAN',
  'base64',
);

const names = knownExecutionProviders();
await say({ type: 'began', version: ort.env.versions.node ?? 'unknown', names });
for (const name of names) await say({ type: 'probed', provider: { name, ...(await tryToStart(name)) } });
process.disconnect();

async function tryToStart(name: string): Promise<{ starts: boolean; reason?: string }> {
  try {
    const session = await ort.InferenceSession.create(IDENTITY_MODEL, { executionProviders: [name] });
    await session.run({ x: new ort.Tensor('float32', [1], [1]) });
    return { starts: true };
  } catch (error) {
    return { starts: false, reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Resolves when the message is out: the next provider may take the process down with it. */
function say(message: ProbeMessage): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}
