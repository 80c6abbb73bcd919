import { fork } from 'node:child_process';
import { once } from 'node:events';
import { truncate } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { afterEach, describe, expect, it, vi } from 'vitest';

import { CancelledError } from '../../../src/engine/errors.js';
import { EngineProcess } from '../../../src/engine/process/engine-process.js';
import type { EngineProcessOptions } from '../../../src/engine/process/engine-process.js';
import { describeMusicEngine } from '../../contract/music-engine.contract.js';
import { aRequest, TINY_MODEL_ROOT, withTinyModelCopy } from '../tiny-model.js';

const entry = new URL('../../../dist/src/engine/process/main.js', import.meta.url);
const settings = { modelRoots: [TINY_MODEL_ROOT] };
/** Long enough to be interrupted in the middle. */
const LONG = { numInferenceSteps: 100 };
/** Still long enough for a process to start on a busy machine. */
const QUICK_TO_SUSPECT = { hangTimeoutMs: 6000, priority: 0 };

describeMusicEngine({
  name: 'EngineProcess',
  create: () => new EngineProcess({ entry, settings }),
  stepsUntilHeard: 50,
});

describe('EngineProcess', () => {
  const engines: EngineProcess[] = [];
  const create = (options: Partial<EngineProcessOptions> = {}): EngineProcess => {
    const engine = new EngineProcess({ entry, settings, ...options });
    engines.push(engine);
    return engine;
  };
  afterEach(async () => {
    await Promise.all(engines.splice(0).map((engine) => engine.dispose()));
  });

  it('starts no process before it is asked for something, and keeps the one it has', async () => {
    const engine = create();
    expect(engine.pid).toBeUndefined();
    await engine.models();
    const { pid } = engine;
    await engine.generate(aRequest({ numInferenceSteps: 1 }));
    expect(pid).toBeTypeOf('number');
    expect(engine.pid).toBe(pid);
  });

  it('gives way to other processes', async () => {
    const engine = create({ priority: 7 });
    await engine.models();
    expect(getPriority(pidOf(engine))).toBe(7);
  });

  it('when the process is killed in mid-request, that request fails and the next call works', async () => {
    const log: string[] = [];
    const engine = create({ restartDelayMs: 10, onLog: (line) => log.push(line) });
    const dying = engine.generate(aRequest(LONG), {
      previewIntervalMs: 0,
      onProgress: ({ step }) => step === 2 && process.kill(pidOf(engine), 'SIGKILL'),
    });
    const waiting = engine.generate(aRequest({ numInferenceSteps: 1 }));
    const error: unknown = await dying.catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'engine_crashed', isTransient: true, cause: 'SIGKILL' });
    expect((error as Error).message).toMatch(/Please try again\.$/);
    expect((await waiting).recipe.numInferenceSteps).toBe(1);
    expect(log).toContain('the engine process ended: SIGKILL');
  });

  it('when the process stops answering, it is killed and replaced', async () => {
    const engine = create({ ...QUICK_TO_SUSPECT, restartDelayMs: 10 });
    let stoppedPid = 0;
    const hanging = engine.generate(aRequest(LONG), {
      previewIntervalMs: 0,
      onProgress: ({ step }) => {
        if (step !== 2) return;
        stoppedPid = pidOf(engine);
        process.kill(stoppedPid, 'SIGSTOP');
      },
    });
    await expect(hanging).rejects.toMatchObject({ code: 'engine_hung', isTransient: true });
    expect(isAlive(stoppedPid)).toBe(false);
    expect(await engine.models()).toHaveLength(1);
  });

  it('a stopped process holds nobody who gives up waiting for ever', async () => {
    const engine = create(QUICK_TO_SUSPECT);
    await engine.models();
    const abortion = new AbortController();
    process.kill(pidOf(engine), 'SIGSTOP');
    const generating = engine.generate(aRequest(LONG), { signal: abortion.signal });
    await setTimeout(50);
    abortion.abort();
    await expect(generating).rejects.toBeInstanceOf(CancelledError);
  });

  it('is disposed of at once, even while its process is stopped', async () => {
    const engine = create();
    await engine.models();
    const pid = pidOf(engine);
    process.kill(pid, 'SIGSTOP');
    const generating = expect(engine.generate(aRequest(LONG))).rejects.toMatchObject({
      code: 'engine_closed',
    });
    await engine.dispose();
    await generating;
    expect(isAlive(pid)).toBe(false);
  });

  it('a process that died idle is replaced at the next call', async () => {
    const engine = create({ restartDelayMs: 10 });
    await engine.models();
    const firstPid = pidOf(engine);
    process.kill(firstPid, 'SIGKILL');
    while (engine.pid === firstPid) await setTimeout(5);
    expect(await engine.models()).toHaveLength(1);
    expect(pidOf(engine)).not.toBe(firstPid);
  });

  it('an entry file that does not start fails the call, and says why to the log', async () => {
    const log: string[] = [];
    const engine = create({
      entry: new URL('./no-such-file.js', entry),
      restartDelayMs: 1,
      onLog: (line) => log.push(line),
    });
    await expect(engine.generate(aRequest())).rejects.toMatchObject({ code: 'engine_crashed' });
    await expect(engine.models()).rejects.toMatchObject({ code: 'engine_crashed' });
    expect(log.join('\n')).toContain('no-such-file.js');
  });

  it('signals meant for the whole program do not end it: the supervisor decides', async () => {
    const engine = create();
    const generating = engine.generate(aRequest({ numInferenceSteps: 30 }), {
      previewIntervalMs: 0,
      onProgress: ({ step }) => {
        if (step === 2) process.kill(pidOf(engine), 'SIGTERM');
        if (step === 4) process.kill(pidOf(engine), 'SIGINT');
      },
    });
    expect((await generating).recipe.numInferenceSteps).toBe(30);
  });

  it('a damaged model is told in a sentence, and does not end the process', async () => {
    await withTinyModelCopy(async (root, folder) => {
      await truncate(join(folder, 'unet/model.onnx'), 1000);
      const engine = create({ settings: { modelRoots: [root] } });
      await expect(engine.generate(aRequest())).rejects.toMatchObject({
        code: 'model_corrupt',
        message: expect.stringMatching(
          /^The model file .*model\.onnx is damaged: it has 1000 bytes and should have \d+\. Restore it with `git checkout -- models`/,
        ) as string,
      });
      const { pid } = engine;
      expect(await engine.models()).toHaveLength(1);
      expect(engine.pid).toBe(pid);
    });
  });

  it('tells what networks run on, once', async () => {
    const sentences: string[] = [];
    const engine = create({ onExecutionPlan: ({ sentence }) => sentences.push(sentence) });
    await engine.generate(aRequest({ numInferenceSteps: 1 }));
    await engine.generate(aRequest({ numInferenceSteps: 1 }));
    expect(sentences).toEqual(['Running on the CPU: this model is small, and quick there.']);
  });

  it('says how to go on when a device is insisted on that is not there', async () => {
    const device = process.platform === 'darwin' ? 'dml' : 'coreml';
    const engine = create({ settings: { ...settings, device } });
    const refusal = {
      code: 'device_unavailable',
      message: expect.stringMatching(/ cannot be used: this platform .* to `auto` or `cpu`\.$/) as string,
    };
    await expect(engine.models()).rejects.toMatchObject(refusal);
    const { pid } = engine;
    await expect(engine.generate(aRequest())).rejects.toMatchObject(refusal);
    expect(engine.pid).toBe(pid);
  });

  it('passes over the devices that the process dies of, and makes the same request on the next', async () => {
    const log: string[] = [];
    const tried: string[] = [];
    const engine = create({
      entry: new URL('dies-of-devices.mjs', import.meta.url),
      restartDelayMs: 1,
      onLog: (line) => log.push(line),
      onExecutionPlan: ({ executionProvider }) => tried.push(executionProvider),
    });
    await expect(engine.generate(aRequest())).rejects.toThrow('ran on cpu');
    await expect(engine.generate(aRequest())).rejects.toThrow('ran on cpu');
    expect(tried).toEqual(['cuda', 'webgpu', 'cpu', 'cpu']);
    expect(log.filter((line) => line.includes('passed over'))).toEqual([
      expect.stringMatching(/^cuda is passed over/),
      expect.stringMatching(/^webgpu is passed over/),
    ]);
  });

  it('leaves no listeners on a signal that outlives the request', async () => {
    const engine = create();
    const { signal } = new AbortController();
    const added = vi.spyOn(signal, 'addEventListener');
    const removed = vi.spyOn(signal, 'removeEventListener');
    await engine.generate(aRequest({ numInferenceSteps: 1 }), { signal });
    expect(added).toHaveBeenCalled();
    expect(removed.mock.calls.map(([, listener]) => listener)).toEqual(
      added.mock.calls.map(([, listener]) => listener),
    );
  });

  it('its process ends by itself when its parent is killed', async () => {
    const parent = fork(fileURLToPath(new URL('engine-owner.mjs', import.meta.url)), {
      execArgv: [],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const [pid] = (await once(parent, 'message')) as [number];
    expect(isAlive(pid)).toBe(true);
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 30_000 }).toBe(false);
  });

  it('makes the same bytes in two processes, on one thread and on two', async () => {
    const clips = [];
    for (const intraOpNumThreads of [1, 2]) {
      const engine = create({ settings: { ...settings, intraOpNumThreads } });
      clips.push(await engine.generate(aRequest({ audioFormat: 'ogg' })));
      await engine.dispose();
    }
    const [one, two] = clips;
    expect(two?.picture).toEqual(one?.picture);
    expect(two?.audio.bytes).toEqual(one?.audio.bytes);
  });
});

function pidOf(engine: EngineProcess): number {
  if (engine.pid === undefined) throw new Error('There is no process.');
  return engine.pid;
}

/** A zombie, killed but not yet reaped, is not alive. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
