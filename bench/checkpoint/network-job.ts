/** What one fresh process measures, and what it finds. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import type { GraphOptions } from '../../src/engine/checkpoint/networks/graph-options.js';
import type { OnnxSessionOptions } from '../../src/engine/runtime/onnx-session.js';

export const NETWORKS = ['text_encoder', 'unet', 'vae_encoder', 'vae_decoder'] as const;
export type NetworkName = (typeof NETWORKS)[number];

export interface NetworkJob {
  /** Folder of the checkpoint. */
  readonly folder: string;
  /** More than one: all are loaded, and each runs. */
  readonly networks: readonly NetworkName[];
  /** Path of an ONNX model that takes the place of our graph. */
  readonly exported?: string;
  readonly graph?: GraphOptions;
  readonly session?: OnnxSessionOptions;
  /** @defaultValue 1 */
  readonly batch?: number;
  /** Of which the fastest counts. @defaultValue 3 */
  readonly runs?: number;
  /** File for the values of the last network's output. */
  readonly output?: string;
}

export interface NetworkReport {
  readonly loadCpuSeconds: number;
  readonly loadWallSeconds: number;
  /** Of the fastest run of the last network. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** After the runs. */
  readonly memory: ProcessMemory;
}

/** Bytes resident. */
export interface ProcessMemory {
  /** Of this process alone. */
  readonly anonymous: number;
  /** Mapped from files, which other processes share and the system may drop. */
  readonly fileBacked: number;
  /** Shared with no other process just now. */
  readonly private: number;
  /** The most that were resident at any time. */
  readonly peak: number;
}

export const NETWORK_CHILD = fileURLToPath(new URL('network-child.ts', import.meta.url));
const run = promisify(execFile);

export async function measureNetwork(job: NetworkJob): Promise<NetworkReport> {
  if (!existsSync('/proc/self/smaps_rollup')) throw new Error('Memory can only be measured on Linux.');
  const { stdout } = await run(process.execPath, ['--import', 'tsx', NETWORK_CHILD, JSON.stringify(job)]);
  return JSON.parse(stdout) as NetworkReport;
}
