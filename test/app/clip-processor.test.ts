import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { ClipConverter } from '../../src/app/clip-converter.js';
import { ClipExporter } from '../../src/app/clip-exporter.js';
import { ClipGenerator } from '../../src/app/clip-generator.js';
import { ClipPoster } from '../../src/app/clip-poster.js';
import { ClipProcessor } from '../../src/app/clip-processor.js';
import { systemClock } from '../../src/app/clock.js';
import { DiscordMessages } from '../../src/app/discord-messages.js';
import { InputFolder } from '../../src/app/input-folder.js';
import { PostFolder } from '../../src/app/post-folder.js';
import { StatusMessages } from '../../src/app/status-messages.js';
import { EngineError } from '../../src/engine/errors.js';
import type { GenerationRequest } from '../../src/engine/generation-request.js';
import type { GeneratedClip, MusicEngine } from '../../src/engine/music-engine.js';
import { ThreadedWorkshop } from '../../src/engine/workshop/threaded-workshop.js';
import { PinoLogger } from '../../src/logger.js';
import { RetryableError } from '../../src/queue/errors.js';
import { remixJob, riffJob, waitingJob } from '../commands/sample-job.js';
import { LocalDiscord } from '../discord/local-discord.js';
import type { LocalChannel } from '../discord/people/local-channel.js';

const PICTURE_BYTES = 1000;
const AUDIO_BYTES = { wav: 900_000, mp3: 80_000, ogg: 60_000 } as const;

let discord: LocalDiscord;
let channel: LocalChannel;
let path: string;

beforeEach(async () => {
  discord = await LocalDiscord.start();
  channel = discord.createGuild().createTextChannel();
  path = await mkdtemp(join(tmpdir(), 'riffcord-processor-'));
});

afterEach(async () => {
  await discord.stop();
  await rm(path, { recursive: true, force: true });
});

describe('ClipProcessor', () => {
  it('makes a smaller file where the one that was asked for may not be uploaded', async () => {
    const formats: string[] = [];
    await processorWith(engine((request) => formats.push(request.audioFormat))).process(
      jobWith(100_000),
      idle(),
    );
    expect(formats).toEqual(['wav', 'ogg']);
    const message = await channel.waitForMessage();
    expect(message.attachments.map(({ bytes }) => bytes.length)).toEqual([PICTURE_BYTES, AUDIO_BYTES.ogg]);
  });

  it.each([
    ['sound', 10_000, 2],
    ['picture', 100, 1],
  ])('says that the clip is too large when no %s is small enough', async (_what, limit, tries) => {
    const formats: string[] = [];
    const processor = processorWith(engine((request) => formats.push(request.audioFormat)));
    await expect(processor.process(jobWith(limit), idle())).rejects.toMatchObject({ code: 'clip_too_large' });
    expect(formats).toHaveLength(tries);
    expect(channel.messages).toEqual([]);
  });

  it.each(['engine_crashed', 'engine_hung', 'engine_closed'] as const)(
    'asks for another try after %s',
    async (code) => {
      const processor = processorWith(engine(() => fail(code)));
      await expect(processor.process(jobWith(1e6), idle())).rejects.toBeInstanceOf(RetryableError);
    },
  );

  it('does not ask for another try when the model is missing', async () => {
    const processor = processorWith(engine(() => fail('model_missing')));
    await expect(processor.process(jobWith(1e6), idle())).rejects.toBeInstanceOf(EngineError);
  });

  it('makes a remix of the file that was given, as strongly as asked', async () => {
    const key = await inputFolder().save(new Uint8Array([1, 2, 3]));
    const requests: GenerationRequest[] = [];
    const job = waitingJob({ ...remixJob(key), channelId: channel.id });
    await processorWith(engine((request) => requests.push(request))).process(job, idle());
    const [request] = requests;
    expect(request?.strength).toBe(0.3);
    expect(request?.init?.kind === 'file' && [...request.init.bytes]).toEqual([1, 2, 3]);
  });

  it('asks for the file again when it has gone from the disk', async () => {
    const job = waitingJob({ ...remixJob(), channelId: channel.id });
    await expect(processorWith(engine(() => undefined)).process(job, idle())).rejects.toMatchObject({
      code: 'input_lost',
    });
  });

  it('does not post what was cancelled while it was made', async () => {
    const abort = new AbortController();
    const processor = processorWith(engine(() => abort.abort()));
    await expect(processor.process(jobWith(1e6), { signal: abort.signal })).rejects.toThrow();
    expect(channel.messages).toEqual([]);
  });
});

function processorWith(musicEngine: MusicEngine): ClipProcessor {
  const logger = new PinoLogger('silent');
  const rest = new REST({ api: discord.apiUrl }).setToken(discord.token);
  const messages = new DiscordMessages(rest, systemClock);
  const statuses = new StatusMessages({ messages, logger, clock: systemClock });
  const posts = new PostFolder(join(path, 'clips'));
  const poster = new ClipPoster({ messages, statuses, posts, logger });
  const generator = new ClipGenerator({ engine: musicEngine, inputs: inputFolder(), statuses });
  const tools = { workshop: new ThreadedWorkshop(), inputs: inputFolder() };
  const [converter, exporter] = [new ClipConverter(tools), new ClipExporter(tools)];
  return new ClipProcessor({ generator, converter, exporter, posts, poster, logger });
}

function inputFolder(): InputFolder {
  return new InputFolder(join(path, 'inputs'), new PinoLogger('silent'));
}

/** An engine whose files have the sizes of the real one's: only they matter here. */
function engine(onGenerate: (request: GenerationRequest) => unknown): MusicEngine {
  return {
    generate: async (request) => {
      await Promise.resolve(onGenerate(request));
      return clipOf(request);
    },
    models: () => Promise.resolve([]),
    dispose: () => Promise.resolve(),
  };
}

function clipOf({ prompt, seed, audioFormat }: GenerationRequest): GeneratedClip {
  const model = { name: 'm', version: '1', sha256: '0'.repeat(64) };
  const knobs = { numInferenceSteps: 1, guidanceScale: 4, scheduler: 'euler', width: 512 } as const;
  return {
    recipe: {
      format: 'riffcord-recipe',
      version: 1,
      engine: '0',
      model,
      prompt,
      negativePrompt: '',
      seed,
      ...knobs,
    },
    picture: new Uint8Array(PICTURE_BYTES),
    isPromptTruncated: false,
    loops: true,
    audio: {
      format: audioFormat,
      bytes: new Uint8Array(AUDIO_BYTES[audioFormat]),
      sampleRate: 44100,
      numberOfChannels: 1,
      durationSeconds: 5.12,
    },
  };
}

function fail(code: 'engine_crashed' | 'engine_hung' | 'engine_closed' | 'model_missing'): never {
  throw new EngineError(code, 'It failed.');
}

function jobWith(attachmentSizeLimit: number) {
  const data = riffJob();
  const request = { ...data.request, audioFormat: 'wav' } as const;
  return waitingJob({ ...data, request, channelId: channel.id, attachmentSizeLimit });
}

function idle() {
  return { signal: new AbortController().signal };
}
