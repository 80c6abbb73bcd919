/**
 * Stereo pictures of middle and side: green shows (left + right) / 2, blue (left - right) / 2. How loud a side is does
 * not say which one it is, so red, which is empty in riffusion's stereo pictures, says where each band lies between left
 * and right.
 */
import { withChannels } from '../audio/channels.js';
import type { AudioClip } from '../audio/audio-clip.js';
import type { MelFrames } from './pixels.js';
import type { SpectrogramPicture } from './spectrogram-picture.js';

/** Red of what is in the middle; 1 is all on the right, 255 all on the left. */
const CENTRE = 128;
const HALF_RANGE = 127;

/** Middle and side of a clip's first two channels. */
export function midAndSide(clip: AudioClip): Float32Array[] {
  const [left, right] = withChannels(clip, 2).channels;
  const mid = left!.map((sample, n) => 0.5 * (sample + right![n]!));
  const side = left!.map((sample, n) => 0.5 * (sample - right![n]!));
  return [mid, side];
}

/** Draws into the red plane where each band lies. */
export function drawBalance(
  { width, height, rgb }: SpectrogramPicture,
  left: MelFrames,
  right: MelFrames,
): void {
  for (let band = 0; band < height; band++) {
    const row = 3 * (height - 1 - band) * width;
    for (let t = 0; t < width; t++) {
      const [l, r] = [left[t * height + band]!, right[t * height + band]!];
      const balance = l + r > 0 ? (l - r) / (l + r) : 0;
      rgb[row + 3 * t] = CENTRE + Math.round(HALF_RANGE * balance);
    }
  }
}

/**
 * Amplitudes on the left and on the right that have the energy of middle and side together, and the red plane's
 * balance.
 */
export function leftAndRight(
  { width, height, rgb }: SpectrogramPicture,
  mid: MelFrames,
  side: MelFrames,
): MelFrames[] {
  const left = new Float32Array(mid.length);
  const right = new Float32Array(mid.length);
  for (let t = 0; t < width; t++) {
    for (let band = 0; band < height; band++) {
      const red = rgb[3 * ((height - 1 - band) * width + t)]!;
      const balance = Math.max(-1, (red - CENTRE) / HALF_RANGE);
      const i = t * height + band;
      const amplitude = Math.hypot(mid[i]!, side[i]!) / Math.hypot(1, balance);
      left[i] = (1 + balance) * amplitude;
      right[i] = (1 - balance) * amplitude;
    }
  }
  return [left, right];
}
