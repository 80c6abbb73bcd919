/** Entry file of a process that tries each execution provider and says how it went; one of them may end it. */
import * as ort from 'onnxruntime-node';

import type { GraphTarget } from '../checkpoint/networks/graph-options.js';
import { isExecutionProvider } from './execution-provider.js';
import type { ExecutionProvider } from './execution-provider.js';
import type { ExecutionProviderProbe, ProbeMessage } from './execution-providers.js';
import { judge, takeSelfTest } from './execution-self-test.js';
import type { SelfTestResult } from './execution-self-test.js';
import { knownExecutionProviders } from './onnx-session.js';
import { whyNotStarting } from './provider-failure.js';

/** The CPU first: it is what the others are held against. */
const names = knownExecutionProviders()
  .filter(isExecutionProvider)
  .sort((a, b) => Number(b === 'cpu') - Number(a === 'cpu'));

// Whoever asked is gone.
process.on('disconnect', () => process.exit());

let onCpu: SelfTestResult | undefined;
await say({ type: 'began', version: ort.env.versions.node ?? 'unknown', names });
for (const name of names) await say({ type: 'probed', provider: await probe(name) });
process.disconnect();

async function probe(name: ExecutionProvider): Promise<ExecutionProviderProbe> {
  try {
    if (name === 'cpu') return await probeWith(name, 'cpu');
    const probed = await probeWith(name, 'gpu');
    return probed.state === 'miscalculates' ? await probeWith(name, 'portable') : probed;
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, state: 'fails', reason: whyNotStarting(name), detail };
  }
}

async function probeWith(name: ExecutionProvider, target: GraphTarget): Promise<ExecutionProviderProbe> {
  const result = await takeSelfTest(name, target);
  onCpu ??= result;
  const verdict = judge(result, onCpu);
  return verdict.state === 'works' ? { name, target, ...verdict } : { name, ...verdict };
}

/** Resolves when the message is out: the next provider may take the process down with it. */
function say(message: ProbeMessage): Promise<void> {
  return new Promise((resolve) => {
    process.send?.(message, () => resolve());
  });
}
