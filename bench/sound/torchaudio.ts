/** torchaudio in a Python process of its own, where one is installed. */
import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import type { Magnitudes } from './engine.js';

export interface TorchaudioSound {
  readonly clip: AudioClip;
  /** Of one thread, without starting Python and without passing the arrays. */
  readonly cpuSeconds: number;
}

const SCRIPT = fileURLToPath(new URL('riffusion_chain.py', import.meta.url));
/** Debian's packages belong to the second, which another python3 may stand before. */
const PYTHONS = ['python3', '/usr/bin/python3'];
const SAMPLE_RATE = 44100;

/** One job at a time. */
export class Torchaudio {
  /** Such as "torchaudio 0.13.1, OpenBLAS, one thread". */
  readonly description: string;
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #answers: AsyncIterator<string>;
  readonly #folder: string;

  private constructor(
    process: ChildProcessWithoutNullStreams,
    answers: AsyncIterator<string>,
    folder: string,
    description: string,
  ) {
    this.#process = process;
    this.#answers = answers;
    this.#folder = folder;
    this.description = description;
  }

  /** Undefined, and a line that says so, where no Python has torchaudio. */
  static async start(): Promise<Torchaudio | undefined> {
    const python = PYTHONS.find((name) => spawnSync(name, ['-c', 'import torchaudio, PIL']).status === 0);
    if (python === undefined) {
      console.log(
        '\ntorchaudio: not measured, no python3 can import it (Debian: apt install python3-torchaudio ' +
          'python3-pil libopenblas0-pthread).',
      );
      return undefined;
    }
    const oneThread = { OPENBLAS_NUM_THREADS: '1', OMP_NUM_THREADS: '1' };
    const child = spawn(python, [SCRIPT], { env: { ...process.env, ...oneThread } });
    child.stderr.pipe(process.stderr);
    const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
    const { version, blas } = await nextAnswer(answers);
    const folder = await mkdtemp(join(tmpdir(), 'riffcord-bench-'));
    return new Torchaudio(child, answers, folder, `torchaudio ${version}, ${blas}, one thread`);
  }

  /** GriffinLim at riffusion's settings, on magnitudes of its own transform (bins past those given are silent). */
  async griffinLim(channels: readonly Magnitudes[], iterations = 32): Promise<TorchaudioSound> {
    const { bins } = channels[0]!;
    const input = await this.#write(channels.map(({ values }) => values));
    return this.#sound({ job: 'griffin-lim', input, bins, iterations }, channels.length);
  }

  /** Riffusion's own way from a PNG to samples: gradient descent from mel bands to bins, then GriffinLim(32). */
  async riffusion(
    png: Uint8Array,
    stereo: boolean,
  ): Promise<TorchaudioSound & { readonly inverseCpuSeconds: number }> {
    const input = join(this.#folder, 'picture.png');
    await writeFile(input, png);
    return this.#sound({ job: 'riffusion', input, stereo }, stereo ? 2 : 1);
  }

  /** CPU seconds of Spectrogram and MelScale at riffusion's settings. */
  async soundToMelSeconds(clip: AudioClip): Promise<number> {
    const input = await this.#write(clip.channels);
    const { cpuSeconds } = await this.#ask({ job: 'sound-to-mel', input, channels: clip.channels.length });
    return Number(cpuSeconds);
  }

  async stop(): Promise<void> {
    this.#process.stdin.end();
    await rm(this.#folder, { recursive: true });
  }

  async #sound(job: object, channels: number): Promise<TorchaudioSound & { inverseCpuSeconds: number }> {
    const output = join(this.#folder, 'output.f32');
    const { cpuSeconds, inverseCpuSeconds } = await this.#ask({ ...job, channels, output });
    const samples = new Float32Array(new Uint8Array(await readFile(output)).buffer);
    const length = samples.length / channels;
    const clip = {
      sampleRate: SAMPLE_RATE,
      channels: Array.from({ length: channels }, (_, c) => samples.subarray(c * length, (c + 1) * length)),
    };
    return { clip, cpuSeconds: Number(cpuSeconds), inverseCpuSeconds: Number(inverseCpuSeconds) };
  }

  async #write(channels: readonly Float32Array[]): Promise<string> {
    const path = join(this.#folder, 'input.f32');
    await writeFile(path, Buffer.concat(channels.map(bytesOf)));
    return path;
  }

  #ask(job: object): Promise<Record<string, unknown>> {
    this.#process.stdin.write(`${JSON.stringify(job)}\n`);
    return nextAnswer(this.#answers);
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

async function nextAnswer(answers: AsyncIterator<string>): Promise<Record<string, string | number>> {
  const next = await answers.next();
  if (next.done === true) throw new Error('Python ended without an answer.');
  return JSON.parse(next.value) as Record<string, string | number>;
}
