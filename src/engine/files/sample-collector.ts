import type { AudioClip } from '../audio/audio-clip.js';
import type { DecodedSamples } from './audio-source.js';

/** Decoders may give a little more than was promised; an Ogg file does not tell how long its first page is. */
const SLACK_SECONDS = 2;
/** Room is made for half as much again when a promise was too low. */
const GROWTH = 1.5;
/** More unused memory than this share of the sound is given back. */
const LARGEST_WASTE = 0.1;

/** Puts the pieces that a decoder gives one behind the other, as they come, so that no sound is held twice. */
export class SampleCollector {
  readonly #promisedSeconds: number;
  readonly #mostChannels: number;
  #sampleRate = 0;
  #channels: Float32Array[] = [];
  #length = 0;

  /** @param promisedSeconds how long it will probably be @param mostChannels more than these are dropped */
  constructor(promisedSeconds: number, mostChannels: number) {
    this.#promisedSeconds = promisedSeconds;
    this.#mostChannels = mostChannels;
  }

  /** The first piece decides the sample rate; as many channels are kept as all pieces have. */
  add({ channelData, sampleRate }: DecodedSamples): void {
    const added = channelData[0]?.length ?? 0;
    if (this.#length === 0) this.#begin(channelData, sampleRate);
    this.#channels = this.#channels.slice(0, channelData.length);
    this.#makeRoom(this.#length + added);
    this.#channels.forEach((samples, channel) => samples.set(channelData[channel] ?? [], this.#length));
    this.#length += added;
  }

  /** Undefined when nothing was added. Samples that are no numbers are silent. */
  finish(): AudioClip | undefined {
    if (this.#length === 0) return undefined;
    const channels = this.#channels.map((samples) => silenceNonNumbers(this.#fit(samples)));
    return { sampleRate: this.#sampleRate, channels };
  }

  #begin(channelData: readonly Float32Array[], sampleRate: number): void {
    this.#sampleRate = sampleRate;
    const capacity = Math.ceil((this.#promisedSeconds + SLACK_SECONDS) * sampleRate);
    const numberOfChannels = Math.min(channelData.length, this.#mostChannels);
    this.#channels = Array.from({ length: numberOfChannels }, () => new Float32Array(capacity));
  }

  #makeRoom(needed: number): void {
    this.#channels.forEach((samples, channel) => {
      if (samples.length >= needed) return;
      const larger = new Float32Array(Math.max(needed, Math.ceil(GROWTH * samples.length)));
      larger.set(samples.subarray(0, this.#length));
      this.#channels[channel] = larger;
    });
  }

  #fit(samples: Float32Array): Float32Array {
    const unused = samples.length - this.#length;
    return unused > LARGEST_WASTE * this.#length
      ? samples.slice(0, this.#length)
      : samples.subarray(0, this.#length);
  }
}

/** Float files may hold NaN and infinities, which would spread over the whole spectrogram. */
export function silenceNonNumbers(samples: Float32Array): Float32Array {
  for (let index = 0; index < samples.length; index++) {
    if (!Number.isFinite(samples[index])) samples[index] = 0;
  }
  return samples;
}
