/** A checkpoint as large as Stable Diffusion 1.5: load time, memory and CPU time, beside torch and what it exports. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import { measureNetwork, NETWORK_CHILD } from './checkpoint/network-job.js';
import type { NetworkJob, NetworkName, NetworkReport } from './checkpoint/network-job.js';
import { writeRandomCheckpoint } from './checkpoint/random-checkpoint.js';
import { findTorch } from './checkpoint/torch-unet.js';
import { printTable } from './markdown.js';

type Variant = Pick<NetworkJob, 'graph' | 'session' | 'exported'>;

/** One thread: torch on one is its best per core, and times on two depend on what else runs. */
const REARRANGED = { session: { intraOpNumThreads: 1 } } as const;
const AS_STORED = {
  session: { intraOpNumThreads: 1, graphOptimizationLevel: 'extended', prepackWeights: false },
} as const;
const INT8 = { ...REARRANGED, graph: { precision: 'int8' } } as const;

/**
 * The checkpoint is the folder that RIFFCORD_BENCH_CHECKPOINT names, or one of random weights in the folder for
 * temporary files, written once (4.3 GB). RIFFCORD_BENCH_PYTHON names Pythons to try for torch, with colons between.
 */
export async function benchCheckpoint(): Promise<void> {
  const folder = process.env['RIFFCORD_BENCH_CHECKPOINT'] ?? join(tmpdir(), 'riffcord-random-sd15');
  if (!existsSync(join(folder, 'vae/diffusion_pytorch_model.safetensors'))) {
    writeRandomCheckpoint(folder, 'float32');
  }
  const scratch = mkdtempSync(join(tmpdir(), 'riffcord-bench-'));
  try {
    const judge = new Judge(scratch);
    await printUnet(folder, judge);
    await printOthers(folder, judge);
    await printSecondEngine(folder);
    await printTorch(folder, scratch, judge);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

async function printUnet(folder: string, judge: Judge): Promise<void> {
  const rows: string[][] = [];
  for (const [name, variant] of [
    ['float32, weights rearranged for the CPU', REARRANGED],
    ['float32, weights as they lie in the file', AS_STORED],
    ['int8', INT8],
  ] as const) {
    rows.push([name, ...(await unetRow(folder, judge, variant))]);
  }
  printTable('A step of the denoiser, 64 x 64 latents, one thread', ['what', ...UNET_COLUMNS], rows);
}

/** After our own, with which their outputs are compared. */
async function printTorch(folder: string, scratch: string, judge: Judge): Promise<void> {
  const pythons = process.env['RIFFCORD_BENCH_PYTHON']?.split(':') ?? ['python3', '/usr/bin/python3'];
  const torches = findTorch(pythons, folder);
  const rows: string[][] = [];
  for (const { name, exportTo } of torches.slice(0, 1)) {
    const exported = join(scratch, 'exported.onnx');
    await exportTo(exported);
    const row = await unetRow(folder, judge, { ...REARRANGED, exported });
    rows.push([`ONNX Runtime on what ${name} exports`, ...row]);
  }
  for (const { name, step } of torches) {
    const times = [seconds(await step(1)), seconds(await step(2))];
    rows.push([name, ...times, '', '', '', '', '', '']);
  }
  if (rows.length > 0) printTable('The same step in torch', ['what', ...UNET_COLUMNS], rows);
}

const UNET_COLUMNS = [
  'CPU s, one sample',
  'CPU s, two samples',
  'cosine with rearranged float32, least',
  'load, CPU s',
  'load, wall s',
  'MB anonymous',
  'MB file-backed',
  'MB peak',
];

async function unetRow(folder: string, judge: Judge, variant: Variant): Promise<string[]> {
  const job = { folder, networks: ['unet'], ...variant } as const;
  const one = await judge.measure({ ...job, batch: 1 });
  const two = await judge.measure({ ...job, batch: 2, runs: 2 });
  const cosine = Math.min(one.cosine, two.cosine).toFixed(5);
  return [seconds(one.cpuSeconds), seconds(two.cpuSeconds), cosine, ...loading(one), ...memory(one)];
}

async function printOthers(folder: string, judge: Judge): Promise<void> {
  const rows: string[][] = [];
  for (const network of ['text_encoder', 'vae_encoder', 'vae_decoder'] as const satisfies NetworkName[]) {
    const variants: [string, Variant][] = [
      ['float32', REARRANGED],
      ...(network === 'text_encoder' ? [] : ([['int8', INT8]] as [string, Variant][])),
    ];
    for (const [name, variant] of variants) {
      const report = await judge.measure({ folder, networks: [network], runs: 2, ...variant });
      const cosine = report.cosine.toFixed(5);
      rows.push([network, name, seconds(report.cpuSeconds), cosine, ...loading(report), ...memory(report)]);
    }
  }
  const columns = ['network', 'precision', 'CPU s', 'cosine with float32', ...UNET_COLUMNS.slice(3)];
  printTable('The other networks, one picture of 512 x 512, one thread', columns, rows);
}

/** Two processes with all networks, one after the other, both alive. */
async function printSecondEngine(folder: string): Promise<void> {
  const rows: string[][] = [];
  for (const [name, variant] of [
    ['float32, weights as they lie in the file', AS_STORED],
    ['int8', INT8],
  ] as const) {
    const networks = ['text_encoder', 'vae_decoder', 'unet'] as const;
    const job = { folder, networks, runs: 1, ...variant };
    const first = await keepAlive(job);
    const second = await keepAlive(job);
    const resident = first.report.memory.anonymous + first.report.memory.fileBacked;
    const added = second.report.memory.private;
    const share = `${((100 * added) / resident).toFixed(0)} %`;
    rows.push([name, megabytes(resident), megabytes(added), share]);
    await first.end();
    await second.end();
  }
  const columns = ['weights', 'first engine, MB resident', 'second adds, MB', 'of the first'];
  printTable('A second engine beside the first, text encoder, denoiser and decoder in each', columns, rows);
}

/** Compares outputs with those of the first job with as many samples. */
class Judge {
  readonly #output: string;
  readonly #references = new Map<string, Float32Array>();

  constructor(scratch: string) {
    this.#output = join(scratch, 'output.f32');
  }

  async measure(job: NetworkJob): Promise<NetworkReport & { readonly cosine: number }> {
    const report = await measureNetwork({ ...job, output: this.#output });
    const values = new Float32Array(new Uint8Array(readFileSync(this.#output)).buffer);
    const key = `${job.networks.join()} ${job.batch ?? 1}`;
    const reference = this.#references.get(key) ?? values;
    this.#references.set(key, reference);
    return { ...report, cosine: cosineOf(values, reference) };
  }
}

function cosineOf(a: Float32Array, b: Float32Array): number {
  let [product, squaredA, squaredB] = [0, 0, 0];
  for (const [index, x] of a.entries()) {
    const y = b[index]!;
    product += x * y;
    squaredA += x * x;
    squaredB += y * y;
  }
  return product / Math.sqrt(squaredA * squaredB);
}

interface LivingNetwork {
  readonly report: NetworkReport;
  end(): Promise<void>;
}

async function keepAlive(job: NetworkJob): Promise<LivingNetwork> {
  const child = spawn(process.execPath, ['--import', 'tsx', NETWORK_CHILD, JSON.stringify(job), 'wait']);
  child.stderr.pipe(process.stderr);
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const line = await createInterface({ input: child.stdout })[Symbol.asyncIterator]().next();
  if (line.done === true) throw new Error('The engine process ended before it had run.');
  return {
    report: JSON.parse(line.value) as NetworkReport,
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

function loading({ loadCpuSeconds, loadWallSeconds }: NetworkReport): string[] {
  return [seconds(loadCpuSeconds), seconds(loadWallSeconds)];
}

function memory({ memory: { anonymous, fileBacked, peak } }: NetworkReport): string[] {
  return [anonymous, fileBacked, peak].map(megabytes);
}

function seconds(value: number): string {
  return value.toFixed(2);
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}
