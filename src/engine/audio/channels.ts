import type { AudioClip } from './audio-clip.js';

/**
 * The same clip with one or two channels. Fewer: the mean of all. More: the one repeated. Of more than two channels
 * the first two are kept for stereo.
 */
export function withChannels(clip: AudioClip, count: 1 | 2): AudioClip {
  const { sampleRate, channels } = clip;
  const [first] = channels;
  if (!first || channels.length === count) return clip;
  if (count === 1) return { sampleRate, channels: [mean(channels, first.length)] };
  return { sampleRate, channels: [first, channels[1] ?? first] };
}

function mean(channels: readonly Float32Array[], length: number): Float32Array {
  const mix = new Float32Array(length);
  for (let i = 0; i < length; i++) {
    let sum = 0;
    for (const channel of channels) sum += channel[i]!;
    mix[i] = sum / channels.length;
  }
  return mix;
}
