/** The spectrograms that sounds are compared by, made apart from the engine's own transform of sound. */
import type { AudioClip } from '../src/engine/audio/audio-clip.js';
import { createRealFft } from '../src/engine/math/create-fft.js';
import { periodicHann } from '../src/engine/math/window.js';
import { applyMelFilterbank, createMelFilterbank } from '../src/engine/spectrogram/mel-filterbank.js';
import { hopLength, nFft, winLength } from '../src/engine/spectrogram/spectrogram-params.js';
import type { SpectrogramParams } from '../src/engine/spectrogram/spectrogram-params.js';

/** Magnitudes of one channel, frame after frame, each from the lowest band to the highest. */
export interface MagnitudeSpectrogram {
  readonly frames: number;
  /** Bands per frame: bins of a transform, or mel bands. */
  readonly bands: number;
  /** `frames * bands` values, none below 0. */
  readonly values: Float32Array;
}

export interface Framing {
  /** Samples of the zero-padded frame. @defaultValue winLength */
  readonly nFft?: number;
  /** Samples of the Hann window, whose middle lies on the frame's sample. */
  readonly winLength: number;
  /** Samples between frames. */
  readonly hopLength: number;
  /** What lies beyond the ends: the signal again (a loop), or else its mirror image. @defaultValue false */
  readonly circular?: boolean;
  /** Keep only so many of the lowest bins. Undefined: all. */
  readonly bins?: number;
}

/**
 * Magnitudes of the short-time Fourier transform: 1 + floor(samples / hop) frames, or round(samples / hop) of a loop,
 * frame t being centred on sample t * hop.
 *
 * @param samples at least one
 */
export function magnitudeSpectrogram(samples: Float32Array, framing: Framing): MagnitudeSpectrogram {
  const { winLength, hopLength, nFft = winLength, circular = false } = framing;
  const fft = createRealFft(nFft);
  const bands = Math.min(fft.bins, framing.bins ?? fft.bins);
  const frames = circular
    ? Math.max(1, Math.round(samples.length / hopLength))
    : 1 + Math.floor(samples.length / hopLength);
  const window = periodicHann(winLength);
  const sampleAt = circular ? wrap : mirror;
  const frame = new Float64Array(nFft);
  const re = new Float64Array(fft.bins);
  const im = new Float64Array(fft.bins);
  const values = new Float32Array(frames * bands);
  for (let t = 0; t < frames; t++) {
    const first = t * hopLength - Math.floor(winLength / 2);
    for (let i = 0; i < winLength; i++) {
      frame[i] = window[i]! * samples[sampleAt(first + i, samples.length)]!;
    }
    fft.forward(frame, re, im);
    for (let k = 0; k < bands; k++) values[t * bands + k] = Math.sqrt(re[k]! * re[k]! + im[k]! * im[k]!);
  }
  return { frames, bands, values };
}

/**
 * Mel magnitudes of every channel as pictures show them, samples taken as they are (not scaled to 16 bits).
 *
 * @throws RangeError when the clip's sample rate is not that of the parameters
 */
export function melSpectrograms(
  clip: AudioClip,
  params: SpectrogramParams,
  options: { readonly circular?: boolean } = {},
): MagnitudeSpectrogram[] {
  if (clip.sampleRate !== params.sampleRate) {
    throw new RangeError(`The clip has ${clip.sampleRate} Hz and the parameters ${params.sampleRate} Hz.`);
  }
  const filterbank = createMelFilterbank(params);
  const bands = filterbank.filters.length;
  const framing = { nFft: nFft(params), winLength: winLength(params), hopLength: hopLength(params) };
  return clip.channels.map((samples) => {
    const linear = magnitudeSpectrogram(samples, { ...framing, ...options, bins: filterbank.bins });
    const values = new Float32Array(linear.frames * bands);
    for (let t = 0; t < linear.frames; t++) {
      const spectrum = linear.values.subarray(t * linear.bands, (t + 1) * linear.bands);
      applyMelFilterbank(filterbank, spectrum, values.subarray(t * bands, (t + 1) * bands));
    }
    return { frames: linear.frames, bands, values };
  });
}

/** The spectrograms of several channels as one, so that one number describes them all. */
export function stackChannels(channels: readonly MagnitudeSpectrogram[]): MagnitudeSpectrogram {
  const [first] = channels;
  if (!first || channels.length === 1) return first ?? { frames: 0, bands: 1, values: new Float32Array(0) };
  const values = new Float32Array(channels.length * first.values.length);
  channels.forEach((channel, c) => values.set(channel.values, c * first.values.length));
  return { frames: channels.length * first.frames, bands: first.bands, values };
}

function wrap(n: number, length: number): number {
  return ((n % length) + length) % length;
}

function mirror(n: number, length: number): number {
  if (n >= 0 && n < length) return n;
  if (length === 1) return 0;
  const m = wrap(n, 2 * (length - 1));
  return m < length ? m : 2 * (length - 1) - m;
}
