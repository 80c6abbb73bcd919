import { readFileSync } from 'node:fs';

import type { AudioClip } from '../../src/engine/audio/audio-clip.js';

/** Reads a 16-bit PCM WAV file whose header is of the plain kind: 44 bytes. */
export function readWav(path: string): AudioClip {
  const file = readFileSync(path);
  const channels = file.readUInt16LE(22);
  if (file.toString('latin1', 36, 40) !== 'data') throw new Error(`${path}: not a plain WAV file`);
  const frames = file.readUInt32LE(40) / 2 / channels;
  return {
    sampleRate: file.readUInt32LE(24),
    channels: Array.from({ length: channels }, (_, c) =>
      Float32Array.from({ length: frames }, (_, i) => file.readInt16LE(44 + 2 * (i * channels + c)) / 32768),
    ),
  };
}
