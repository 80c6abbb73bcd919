import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import type { AudioClip } from '../../src/engine/audio/audio-clip.js';
import { readAudio } from '../../src/engine/files/read-audio.js';
import { soundToPicture } from '../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS, hopLength } from '../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramPicture } from '../../src/engine/spectrogram/spectrogram-picture.js';

/** An original of bench/clips and its picture. */
export interface BenchClip {
  readonly name: string;
  /** As long as the sound of the picture. */
  readonly original: AudioClip;
  readonly picture: SpectrogramPicture;
  readonly params: SpectrogramParams;
  /** Hardly anything but strokes. */
  readonly isDrums: boolean;
}

export interface BenchClipOptions {
  /** As loops of 5.12 s; otherwise riffusion's 5.11 s, with a beginning and an end. @defaultValue false */
  readonly circular?: boolean;
  /** Let loops begin so many columns later, away from their first beat. @defaultValue 0 */
  readonly rotation?: number;
}

const COLUMNS = 512;
const FOLDER = new URL('../clips/', import.meta.url);

/** Every clip, in the order of their names, as 512 columns. */
export async function loadBenchClips(options: BenchClipOptions = {}): Promise<BenchClip[]> {
  const { circular = false, rotation = 0 } = options;
  const files = readdirSync(fileURLToPath(FOLDER)).filter((file) => file.endsWith('.mp3'));
  return Promise.all(
    files.sort().map(async (file) => {
      const { clip } = await readAudio(readFileSync(new URL(file, FOLDER)));
      const params = { ...DEFAULT_SPECTROGRAM_PARAMS, stereo: clip.channels.length === 2 };
      const hop = hopLength(params);
      const length = (circular ? COLUMNS : COLUMNS - 1) * hop;
      const channels = clip.channels.map((samples) => rotated(samples.slice(0, length), rotation * hop));
      const original = { sampleRate: clip.sampleRate, channels };
      const { picture } = soundToPicture(original, params, { circular });
      const name = file.replace('.mp3', '');
      return { name, original, picture, params, isDrums: name.startsWith('drums-') };
    }),
  );
}

function rotated(samples: Float32Array, by: number): Float32Array {
  return samples.map((_, n) => samples[(n + by) % samples.length]!);
}
