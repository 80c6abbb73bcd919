import type { AudioClip } from '../audio/audio-clip.js';
import { StreamingResampler } from '../audio/resample.js';
import type { DecodedSamples } from './audio-source.js';
import { mixToMono } from './mix-to-stereo.js';
import { silenceNonNumbers } from './sample-collector.js';
import type { SampleCollector } from './sample-collector.js';

/** Mixes and resamples the pieces that a decoder gives as they come, so that long sounds are nowhere held as they were. */
export class MonoMixer {
  readonly #sampleRate: number;
  readonly #collector: SampleCollector;
  #resampler: StreamingResampler | undefined;

  /** @param sampleRate that the collector is to have, hertz */
  constructor(sampleRate: number, collector: SampleCollector) {
    this.#sampleRate = sampleRate;
    this.#collector = collector;
  }

  /** One or two channels. The first piece decides what sample rate all have. */
  add({ channelData, sampleRate }: DecodedSamples): void {
    this.#resampler ??= new StreamingResampler(sampleRate, this.#sampleRate);
    this.#collect(this.#resampler.push(silenceNonNumbers(mixToMono(channelData))));
  }

  /** Undefined when nothing was added. */
  finish(): AudioClip | undefined {
    if (this.#resampler) this.#collect(this.#resampler.end());
    return this.#collector.finish();
  }

  #collect(samples: Float32Array): void {
    this.#collector.add({ channelData: [samples], sampleRate: this.#sampleRate });
  }
}
