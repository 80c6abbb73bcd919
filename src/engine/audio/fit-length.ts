import type { AudioClip } from './audio-clip.js';
import { numberOfFrames } from './audio-clip.js';

/** The clip with exactly so many samples per channel: cut at the end, or followed by silence. */
export function fitLength(clip: AudioClip, samples: number): AudioClip {
  if (numberOfFrames(clip) === samples) return clip;
  const fit = (channel: Float32Array): Float32Array => {
    const fitted = new Float32Array(samples);
    fitted.set(channel.subarray(0, samples));
    return fitted;
  };
  return { sampleRate: clip.sampleRate, channels: clip.channels.map(fit) };
}
