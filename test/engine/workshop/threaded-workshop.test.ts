import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import sharp from 'sharp';
import { afterEach, describe, expect, it } from 'vitest';

import type { AudioClip } from '../../../src/engine/audio/audio-clip.js';
import { CancelledError, EngineError } from '../../../src/engine/errors.js';
import { clipAsPicture } from '../../../src/engine/files/clip-as-picture.js';
import { convertFile } from '../../../src/engine/files/convert-file.js';
import type { FileConversion } from '../../../src/engine/files/convert-file.js';
import { exportClip } from '../../../src/engine/files/export-clip.js';
import { hearPicture } from '../../../src/engine/files/hear-picture.js';
import { seeSound } from '../../../src/engine/files/see-sound.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import { pictureToSound } from '../../../src/engine/spectrogram/picture-to-sound.js';
import { soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../../src/engine/spectrogram/spectrogram-picture.js';
import { ThreadedWorkshop } from '../../../src/engine/workshop/threaded-workshop.js';
import type { ThreadedWorkshopOptions } from '../../../src/engine/workshop/threaded-workshop.js';
import { THREAD_ENTRY } from './thread-entry.js';

const params = { ...DEFAULT_SPECTROGRAM_PARAMS, numFrequencies: 64 };
const quick = { numGriffinLimIterations: 1 };
/** Work of many minutes, which no test waits for. */
const endless = { numGriffinLimIterations: 1000 };
const endlessPicture = aPicture(4000);
const BREAKING_ENTRY = new URL('./breaking-thread.mjs', import.meta.url);

describe('ThreadedWorkshop', () => {
  const workshops: ThreadedWorkshop[] = [];
  const create = (options: ThreadedWorkshopOptions = {}): ThreadedWorkshop => {
    const workshop = new ThreadedWorkshop({ entry: THREAD_ENTRY, ...options });
    workshops.push(workshop);
    return workshop;
  };
  afterEach(async () => {
    await Promise.all(workshops.splice(0).map((workshop) => workshop.dispose()));
  });

  it('makes the same picture of a clip as the function does', async () => {
    const { bytes } = await writeAudio({ sampleRate: 44_100, channels: [new Float32Array(4410)] }, 'wav');
    const target = { params, width: 20, circular: true };
    expect(await create().clipAsPicture(bytes, target)).toEqual(await clipAsPicture(bytes, target));
  });

  it('hears pictures and sees sounds as the functions do', async () => {
    const workshop = create();
    const { bytes } = await writeAudio({ sampleRate: 44_100, channels: [new Float32Array(4410)] }, 'wav');
    const seen = await workshop.seeSound(bytes, Infinity);
    expect(seen).toEqual(await seeSound(bytes, Infinity));
    const heard = await workshop.hearPicture(seen.picture, 'wav');
    expect(heard).toEqual(await hearPicture(seen.picture, 'wav'));
    const wanted = { type: 'rounds', rounds: 2, format: 'ogg' } as const;
    expect(await workshop.exportClip(bytes, wanted)).toEqual(await exportClip(bytes, wanted));
  });

  it('makes the same samples as the functions do, two clips at once', async () => {
    const workshop = create({ threads: 2 });
    const pictures = [aPicture(40), aPicture(60)];
    const clips = await Promise.all(
      pictures.map((picture) => workshop.pictureToSound(picture, params, { seed: 7 })),
    );
    expect(workshop.threadCount).toBe(2);
    expect(clips).toEqual(pictures.map((picture) => pictureToSound(picture, params, { seed: 7 })));
  });

  it('makes the same pictures and files as the functions do', async () => {
    const workshop = create();
    const clip = pictureToSound(aPicture(40), params, quick);
    const stereo: AudioClip = { ...clip, channels: [...clip.channels, ...clip.channels] };
    const tags = { title: 'A tone' };
    expect(await workshop.soundToPicture(clip, params, { circular: true })).toEqual(
      soundToPicture(clip, params, { circular: true }),
    );
    expect(await workshop.writeAudio(stereo, 'mp3', tags)).toEqual(await writeAudio(stereo, 'mp3', tags));
    const conversion = await aConversion();
    expect(await workshop.convertFile(conversion)).toEqual(await convertFile(conversion));
  });

  it('leaves the main thread free while four clips sound', async () => {
    const workshop = create({ threads: 2 });
    let ticks = 0;
    const timer = setInterval(() => ticks++, 1);
    await Promise.all([1, 2, 3, 4].map(() => workshop.pictureToSound(aPicture(400), params)));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(20);
  });

  it('does hundreds of small tasks with no more threads than it may have', async () => {
    const workshop = create({ threads: 2 });
    const picture = aPicture(3);
    const expected = pictureToSound(picture, params, quick);
    const clips = await Promise.all(
      Array.from({ length: 200 }, () => workshop.pictureToSound(picture, params, quick)),
    );
    expect(workshop.threadCount).toBe(2);
    expect(clips.every((clip) => Buffer.compare(bytesOf(clip), bytesOf(expected)) === 0)).toBe(true);
  });

  it('copies what it is handed, unless the caller gives it away', async () => {
    const workshop = create({ threads: 1 });
    const clip = pictureToSound(aPicture(20), params, quick);
    const expected = soundToPicture(clip, params);
    expect(await workshop.soundToPicture(clip, params)).toEqual(expected);
    expect(clip.channels[0]).toHaveLength(19 * 441);
    // Twice the same buffer, and one that is part of a larger one: neither may hurt.
    const same: AudioClip = { ...clip, channels: [...clip.channels, ...clip.channels] };
    const part: AudioClip = { ...clip, channels: [new Float32Array(19 * 441 + 1).subarray(1)] };
    expect(await workshop.soundToPicture(same, params, {}, { giveAway: true })).toEqual(expected);
    await workshop.soundToPicture(part, params, {}, { giveAway: true });
    expect([clip, part].map(({ channels }) => channels[0]?.length)).toEqual([0, 19 * 441]);
  });

  it('begins live work before batch work that has waited longer', async () => {
    const workshop = create({ threads: 1 });
    const order: string[] = [];
    const work = async (name: string, urgency?: 'live' | 'batch'): Promise<void> => {
      await workshop.pictureToSound(aPicture(3), params, quick, { ...(urgency && { urgency }) });
      order.push(name);
    };
    await Promise.all([
      work('first'),
      work('batch 1'),
      work('batch 2', 'batch'),
      work('live 1', 'live'),
      work('live 2', 'live'),
    ]);
    expect(order).toEqual(['first', 'live 1', 'live 2', 'batch 1', 'batch 2']);
  });

  it('errors keep their code and their sentence, and the thread lives on', async () => {
    const workshop = create({ threads: 1 });
    const tooLow = { ...aPicture(3), height: 63 };
    const failing = workshop.pictureToSound(tooLow, params);
    await expect(failing).rejects.toBeInstanceOf(EngineError);
    const told: unknown = await failing.catch((error: unknown) => error);
    expect(told).toMatchObject({
      code: 'image_not_spectrogram',
      message: messageOf(() => pictureToSound(tooLow, params)),
    });
    const silent: AudioClip = { sampleRate: 44_100, channels: [] };
    await expect(workshop.soundToPicture(silent, params)).rejects.toMatchObject({ code: 'audio_empty' });
    expect(workshop.threadCount).toBe(1);
  });

  describe('cancelled', () => {
    it('ends running work in the middle, and what waits goes on', async () => {
      const workshop = create({ threads: 1 });
      const abortion = new AbortController();
      const enough = new Error('enough');
      const running = workshop.pictureToSound(endlessPicture, params, endless, { signal: abortion.signal });
      const waiting = workshop.pictureToSound(aPicture(3), params, quick);
      await sleep(300);
      abortion.abort(enough);
      await expect(running).rejects.toMatchObject({ name: 'CancelledError', cause: enough });
      expect((await waiting).channels[0]).toHaveLength(2 * 441);
      await expect.poll(() => workshop.threadCount).toBe(1);
    });

    it('waiting work leaves the line at once, and the others keep their places', async () => {
      const workshop = create({ threads: 1 });
      const [running, waiting] = [new AbortController(), new AbortController()];
      const first = workshop.pictureToSound(endlessPicture, params, endless, { signal: running.signal });
      const second = workshop.pictureToSound(aPicture(3), params, quick, { signal: waiting.signal });
      const third = workshop.pictureToSound(aPicture(4), params, quick);
      waiting.abort();
      await expect(second).rejects.toBeInstanceOf(CancelledError);
      running.abort();
      await expect(first).rejects.toBeInstanceOf(CancelledError);
      expect((await third).channels[0]).toHaveLength(3 * 441);
    });

    it('work whose signal has aborted before begins nothing', async () => {
      const workshop = create();
      const options = { signal: AbortSignal.abort() };
      await expect(workshop.convertFile(await aConversion(), options)).rejects.toBeInstanceOf(CancelledError);
      expect(workshop.threadCount).toBe(0);
    });

    it('an abort after the end does nothing', async () => {
      const workshop = create({ threads: 1 });
      const abortion = new AbortController();
      await workshop.pictureToSound(aPicture(3), params, quick, { signal: abortion.signal });
      abortion.abort();
      expect(workshop.threadCount).toBe(1);
      expect((await workshop.pictureToSound(aPicture(3), params, quick)).channels).toHaveLength(1);
    });
  });

  describe('when a thread breaks down', () => {
    it.each([
      ['ends its process', 1, 'exit code 3'],
      ['throws where nobody catches', 2, 'a bug in a place where nobody catches it'],
      ['runs out of memory', 3, 'memory limit'],
    ])('because it %s, that work fails and all other work is done', async (_, way, cause) => {
      const workshop = create({ threads: 1, entry: BREAKING_ENTRY, maxHeapMb: 48 });
      const breaking = workshop.pictureToSound(aPicture(3, way), params, quick);
      const waiting = workshop.pictureToSound(aPicture(3), params, quick);
      const error: unknown = await breaking.catch((reason: unknown) => reason);
      expect(error).toMatchObject({ code: 'engine_crashed', isTransient: true });
      expect((error as Error).message).toMatch(/Please try again\.$/);
      expect(String((error as Error).cause)).toContain(cause);
      expect((await waiting).channels[0]).toHaveLength(2 * 441);
      expect(workshop.threadCount).toBe(1);
    });

    it('and cannot even start, each call fails', async () => {
      const workshop = create({ threads: 1, entry: new URL('./no-such-file.js', THREAD_ENTRY) });
      for (let call = 0; call < 2; call++) {
        await expect(workshop.pictureToSound(aPicture(3), params)).rejects.toMatchObject({
          code: 'engine_crashed',
          cause: { code: 'MODULE_NOT_FOUND' },
        });
      }
    });
  });

  describe('its threads', () => {
    it('are begun when there is work, and end when there has been none for a while', async () => {
      const workshop = create({ threads: 2, idleTimeoutMs: 50 });
      expect(workshop.threadCount).toBe(0);
      await workshop.pictureToSound(aPicture(3), params, quick);
      expect(workshop.threadCount).toBe(1);
      await expect.poll(() => workshop.threadCount).toBe(0);
      expect((await workshop.pictureToSound(aPicture(3), params, quick)).channels).toHaveLength(1);
    });

    it('do not keep the process alive, as long as they like to wait for work', async () => {
      const owner = fileURLToPath(new URL('workshop-owner.mjs', import.meta.url));
      const child = spawn(process.execPath, [owner], { stdio: ['ignore', 'pipe', 'inherit'] });
      const exit = once(child, 'exit');
      expect(await text(child.stdout)).toBe('2 threads, idle\n');
      expect(await exit).toEqual([0, null]);
    });

    it.skipIf(process.platform !== 'linux')(
      'give way to the main thread and to nobody else (needs Linux)',
      async () => {
        const own = niceValues();
        await create({ threads: 1, priority: 7 }).pictureToSound(aPicture(3), params, quick);
        const added = niceValues().filter((nice) => nice === 7);
        expect(own).not.toContain(7);
        expect(added).toHaveLength(1);
      },
    );
  });

  describe('disposed of', () => {
    it('ends work that runs and work that waits, and takes no more', async () => {
      const workshop = create({ threads: 1 });
      const work = [1, 2].map(() => workshop.pictureToSound(endlessPicture, params, endless));
      const settled = Promise.allSettled(work);
      await sleep(100);
      await workshop.dispose();
      expect(workshop.threadCount).toBe(0);
      const closed = { status: 'rejected', reason: { code: 'engine_closed' } };
      expect(await settled).toMatchObject([closed, closed]);
      await expect(workshop.pictureToSound(aPicture(3), params)).rejects.toMatchObject(closed.reason);
      await workshop.dispose();
    });

    it('may be unused', async () => {
      await expect(create().dispose()).resolves.toBeUndefined();
    });
  });
});

/** A picture of 64 bands; its first pixel can be chosen. */
function aPicture(width: number, firstPixel = 200): SpectrogramPicture {
  const rgb = new Uint8Array(width * 64 * 3).map((_, index) => (Math.floor(index / 3) * 7919) & 0xff);
  return { width, height: 64, rgb: rgb.fill(firstPixel, 0, 3) };
}

async function aConversion(): Promise<FileConversion> {
  const { width, height, rgb } = aPicture(30);
  const bytes = await sharp(rgb, { raw: { width, height, channels: 3 } })
    .png()
    .toBuffer();
  const options = { seed: 3, loop: true, quality: 'fast', sampleRate: 48_000, iterations: 2 } as const;
  return { type: 'to-audio', bytes, format: 'wav', params: { numFrequencies: 64 }, ...options };
}

function bytesOf({ channels }: AudioClip): Buffer {
  return Buffer.concat(channels.map((samples) => Buffer.from(samples.buffer)));
}

function messageOf(failing: () => unknown): string {
  try {
    failing();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('It did not fail.');
}

/** Of every thread of this process, from proc(5): the 17th field after the name in parentheses. */
function niceValues(): number[] {
  return readdirSync('/proc/self/task').map((thread) => {
    const stat = readFileSync(`/proc/self/task/${thread}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[16]);
  });
}
