import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, it } from 'vitest';

import { probeExecutionProviders } from '../../../src/engine/runtime/execution-providers.js';

const COMPILED_PROBE = new URL(
  '../../../dist/src/engine/runtime/execution-provider-probe.js',
  import.meta.url,
);

describe('probeExecutionProviders', () => {
  it('starts the processor’s provider, and says of others that they do not start', async () => {
    const { version, providers } = await probeExecutionProviders({ entry: COMPILED_PROBE });
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
    expect(providers.find(({ name }) => name === 'cpu')).toEqual({ name: 'cpu', starts: true });
    for (const { starts, reason } of providers) expect(starts || reason !== '').toBe(true);
  });

  it('survives a driver that crashes: what had started has started', async () => {
    const began = "process.send({ type: 'began', version: '1.2.3', names: ['cpu', 'bad', 'never'] }, next);";
    const probed = "process.send({ type: 'probed', provider: { name: 'cpu', starts: true } }, die);";
    const die = "function die() { process.kill(process.pid, 'SIGKILL'); }";
    expect(await probeWith(`${began} function next() { ${probed} } ${die}`)).toEqual({
      version: '1.2.3',
      providers: [
        { name: 'cpu', starts: true },
        { name: 'bad', starts: false, reason: 'It crashed or hung.' },
        { name: 'never', starts: false, reason: 'It crashed or hung.' },
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
