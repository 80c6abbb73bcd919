import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import { layersNetwork } from '../../../src/engine/runtime/self-test-networks.js';
import { networkLoadOf, SessionOpener } from '../../../src/engine/runtime/session-opener.js';
import type { SessionOpenerOptions } from '../../../src/engine/runtime/session-opener.js';
import { TINY_MODEL, TINY_MODEL_ROOT } from '../tiny-model.js';

const decoder = join(TINY_MODEL_ROOT, TINY_MODEL, 'vae_decoder/model.onnx');
/** No platform has both. */
const foreign = process.platform === 'darwin' ? 'dml' : 'coreml';

/** On a machine whose probe promised too much. */
function anOpener(options: SessionOpenerOptions = {}) {
  const heard = { sentences: [] as string[], failed: [] as string[] };
  const opener = new SessionOpener({
    probe: () =>
      Promise.resolve({
        version: '1.2.3',
        providers: [{ name: foreign, state: 'works', target: 'gpu', speedup: 5 }],
      }),
    onExecutionPlan: ({ sentence }) => heard.sentences.push(sentence),
    onFallBack: (provider, error) => heard.failed.push(`${provider}: ${error.message}`),
    ...options,
  });
  return { opener, heard };
}

describe('SessionOpener', () => {
  it('loads a network on the CPU when its device cannot load it, writes it anew for that, and says so', async () => {
    const { opener, heard } = anOpener();
    const targets: string[] = [];
    const { model, feeds } = layersNetwork('cpu');
    const write = (target: string): Uint8Array => (targets.push(target), model);
    const session = await opener.open(write, 'heavy');
    expect(Object.keys(await session.run(feeds))).toEqual(['y']);
    expect(targets).toEqual(['gpu', 'cpu']);
    expect(heard.failed).toEqual([expect.stringContaining(`no execution provider "${foreign}"`)]);
    expect(heard.sentences).toEqual([
      expect.stringMatching(/^Running on (CoreML|DirectML): a layer is 5\.0 times as fast/),
      expect.stringMatching(/^Running on the CPU: for (CoreML|DirectML), it could not load the model\.$/),
    ]);
    await session.dispose();
  });

  it('does not try a second network there', async () => {
    const { opener, heard } = anOpener();
    for (let network = 0; network < 2; network++) await (await opener.open(decoder, 'heavy')).dispose();
    expect(heard.failed).toHaveLength(1);
    expect(heard.sentences).toHaveLength(2);
  });

  it('loads it nowhere else when a device is insisted on', async () => {
    const { opener } = anOpener({ device: foreign });
    await expect(opener.open(decoder, 'light')).rejects.toMatchObject({ code: 'device_unavailable' });
  });

  it('tells at once whether a device that is insisted on is there', async () => {
    await anOpener().opener.tryInsistedDevice();
    await anOpener({ device: foreign }).opener.tryInsistedDevice();
    const { opener } = anOpener({ device: 'cuda' });
    await expect(opener.tryInsistedDevice()).rejects.toMatchObject({ code: 'device_unavailable' });
  });

  it('rejects with what the CPU says of a network that is none', async () => {
    const { opener, heard } = anOpener();
    await expect(opener.open(new Uint8Array(100), 'light')).rejects.toThrow();
    expect(heard.failed).toEqual([]);
  });

  it('calls a model of hundreds of megabytes heavy, and one of tens light', () => {
    expect([3e7, 8e8].map(networkLoadOf)).toEqual(['light', 'heavy']);
  });
});
