import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { objection } from '../../../src/engine/runtime/execution-plan.js';
import { probeExecutionProviders } from '../../../src/engine/runtime/execution-providers.js';

const COMPILED_PROBE = new URL(
  '../../../dist/src/engine/runtime/execution-provider-probe.js',
  import.meta.url,
);

describe('probeExecutionProviders', () => {
  it('finds that the processor’s provider works, and why others do not', async () => {
    const { version, providers } = await probeExecutionProviders({ entry: COMPILED_PROBE });
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(providers[0]).toEqual({ name: 'cpu', state: 'works', target: 'cpu', speedup: 1 });
    const unexplained = providers.filter((probe) => objection(probe) === '');
    expect(unexplained).toEqual([]);
  });

  it('survives a driver that crashes: what had started has started', async () => {
    const began =
      "process.send({ type: 'began', version: '1.2.3', names: ['cpu', 'cuda', 'webgpu'] }, next);";
    const probed =
      "process.send({ type: 'probed', provider: { name: 'cpu', state: 'works', target: 'cpu', speedup: 1 } }, die);";
    const die = "function die() { process.kill(process.pid, 'SIGKILL'); }";
    expect(await probeWith(`${began} function next() { ${probed} } ${die}`)).toEqual({
      version: '1.2.3',
      providers: [
        { name: 'cpu', state: 'works', target: 'cpu', speedup: 1 },
        { name: 'cuda', state: 'fails', reason: 'it crashed or hung when it was tried' },
        { name: 'webgpu', state: 'fails', reason: 'it crashed or hung when it was tried' },
      ],
    });
  });

  it('survives a driver that hangs', async () => {
    const program = "process.on('message', () => {}); for (;;) {}";
    expect(await probeWith(program, 300)).toEqual({ version: undefined, providers: [] });
  });

  it('survives an ONNX Runtime that cannot be loaded', async () => {
    expect(await probeWith("throw new Error('no such library')")).toEqual({
      version: undefined,
      providers: [],
    });
  });
});

async function probeWith(program: string, timeoutMs = 20_000) {
  const folder = await mkdtemp(join(tmpdir(), 'riffcord-probe-'));
  const file = join(folder, 'probe.mjs');
  await writeFile(file, program);
  try {
    return await probeExecutionProviders({ entry: pathToFileURL(file), timeoutMs });
  } finally {
    await rm(folder, { recursive: true });
  }
}
