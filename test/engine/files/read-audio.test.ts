import { describe, expect, it } from 'vitest';

import { durationSeconds } from '../../../src/engine/audio/audio-clip.js';
import { withChannels } from '../../../src/engine/audio/channels.js';
import { resample } from '../../../src/engine/audio/resample.js';
import { CancelledError } from '../../../src/engine/errors.js';
import { encodeOggPage } from '../../../src/engine/files/ogg-pages.js';
import { readAudio } from '../../../src/engine/files/read-audio.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import {
  amplitudeAt,
  bigEndian,
  failureOf,
  fixture,
  joined,
  littleEndian,
  noiseBytes,
  tone,
} from './fixtures.js';

describe('reading files of other programs', () => {
  it.each([
    { name: 'tone.wav', format: 'wav', rate: 44100, frames: 22050 },
    { name: 'tone.mp3', format: 'mp3', rate: 44100, frames: 22050 },
    { name: 'tone-vorbis.ogg', format: 'ogg-vorbis', rate: 44100, frames: 22050 },
    { name: 'tone-opus.ogg', format: 'ogg-opus', rate: 48000, frames: 24000 },
    { name: 'tone.flac', format: 'flac', rate: 44100, frames: 22050 },
  ])('gives both channels of $name at their full length', async ({ name, format, rate, frames }) => {
    const { clip, format: found } = await readAudio(await fixture(name));
    expect(found).toBe(format);
    expect(clip.sampleRate).toBe(rate);
    expect(clip.channels.map((samples) => samples.length)).toEqual([frames, frames]);
    expect(amplitudeAt(clip.channels[0] ?? new Float32Array(), 440, rate)).toBeCloseTo(0.5, 1);
    expect(amplitudeAt(clip.channels[1] ?? new Float32Array(), 660, rate)).toBeCloseTo(0.5, 1);
    expect(amplitudeAt(clip.channels[0] ?? new Float32Array(), 660, rate)).toBeLessThan(0.02);
  });

  it.each(['tone.mp3', 'tone-vorbis.ogg', 'tone-opus.ogg', 'tone.flac'])(
    'reads the title of %s',
    async (name) => {
      const { tags } = await readAudio(await fixture(name));
      expect(tags.get('TITLE')).toBe('Tone');
    },
  );

  it.each(['tone-mono.mp3', 'tone-24bit-mono.wav'])('keeps %s mono', async (name) => {
    const { clip } = await readAudio(await fixture(name));
    expect(clip.channels).toHaveLength(1);
    // ffmpeg's mono is half of each side.
    expect(amplitudeAt(clip.channels[0] ?? new Float32Array(), 440, 44100)).toBeCloseTo(0.25, 1);
  });

  it.each(['tone.mp3', 'tone-opus.ogg', 'tone.flac', 'tone-24bit-mono.wav'])(
    'gives the mean of the channels of %s at the rate that is wanted, and says what they were',
    async (name) => {
      const bytes = await fixture(name);
      const { clip } = await readAudio(bytes);
      const mixed = await readAudio(bytes, { monoAt: 32_000 });
      const expected = resample(withChannels(clip, 1), 32_000).channels[0] ?? new Float32Array();
      expect(mixed.clip).toMatchObject({ sampleRate: 32_000, channels: { length: 1 } });
      expect(mixed.numberOfChannels).toBe(clip.channels.length);
      expect(mixed.seconds).toBe(durationSeconds(clip));
      const [samples = new Float32Array()] = mixed.clip.channels;
      expect(samples).toHaveLength(expected.length);
      const furthest = samples.reduce((most, s, i) => Math.max(most, Math.abs(s - (expected[i] ?? NaN))), 0);
      expect(furthest).toBeLessThan(1e-6);
    },
  );

  it('reads an MP3 that states no length and has no tag at its head', async () => {
    const { clip } = await readAudio(await fixture('tone-mono.mp3'));
    // The sound, and what the encoder put around it.
    expect(clip.channels[0]?.length).toBeGreaterThanOrEqual(22050);
    expect(clip.channels[0]?.length).toBeLessThan(22050 + 3 * 1152);
  });

  it.each([
    { name: 'tone-adpcm.wav', rate: 44100 },
    { name: 'tone-mulaw.wav', rate: 8000 },
  ])('reads the compressed samples of $name', async ({ name, rate }) => {
    const { clip } = await readAudio(await fixture(name));
    expect(clip.sampleRate).toBe(rate);
    expect(amplitudeAt(clip.channels[0] ?? new Float32Array(), 440, rate)).toBeCloseTo(0.5, 1);
  });

  it('mixes six channels down to two without clipping', async () => {
    const { clip } = await readAudio(await fixture('tone-5.1.flac'));
    expect(clip.channels).toHaveLength(2);
    expect(clip.channels[0]?.length).toBe(22050);
    expect(Math.max(...(clip.channels[0] ?? []).map(Math.abs))).toBeLessThanOrEqual(1);
    expect(amplitudeAt(clip.channels[0] ?? new Float32Array(), 440, 44100)).toBeGreaterThan(0.1);
  });

  it.each([
    { name: 'tone.m4a', called: 'M4A or MP4' },
    { name: 'tone.webm', called: 'WebM' },
  ])('names the format of $name and says what to do', async ({ name, called }) => {
    const { code, message } = await failureOf(readAudio(await fixture(name)));
    expect(code).toBe('audio_unreadable');
    expect(message).toContain(called);
    expect(message).toContain('convert it to WAV, MP3, Ogg or FLAC');
  });

  it('reads what lies in the middle of a larger buffer', async () => {
    const flac = await fixture('tone.flac');
    const buffer = joined('RIFF....WAVE', flac, 'behind');
    const { format } = await readAudio(buffer.subarray(12, 12 + flac.length));
    expect(format).toBe('flac');
  });
});

describe('reading WAV files of all kinds', () => {
  const wav = (parts: {
    format: number[];
    data: Uint8Array;
    before?: Uint8Array;
    dataLength?: number;
  }): Uint8Array => {
    const { format, data, before = new Uint8Array(), dataLength = data.length } = parts;
    const body = joined(
      'WAVE',
      'fmt ',
      littleEndian(format.length, 4),
      format,
      before,
      'data',
      littleEndian(dataLength, 4),
      data,
    );
    return joined('RIFF', littleEndian(body.length, 4), body);
  };
  const format = (
    tag: number,
    channels: number,
    rate: number,
    bits: number,
    blockAlign = (channels * bits) / 8,
  ): number[] => [
    ...littleEndian(tag, 2),
    ...littleEndian(channels, 2),
    ...littleEndian(rate, 4),
    ...littleEndian(rate * blockAlign, 4),
    ...littleEndian(blockAlign, 2),
    ...littleEndian(bits, 2),
  ];

  it('steps over the padding of chunks of odd length', async () => {
    const before = joined('junk', littleEndian(3, 4), [1, 2, 3, 0]);
    const { clip } = await readAudio(
      wav({ format: format(1, 1, 8000, 16), before, data: joined([0, 64, 0, 192]) }),
    );
    expect([...(clip.channels[0] ?? [])]).toEqual([Math.fround(16384 / 32767), -0.5]);
  });

  it('silences what is not a number in float files', async () => {
    const samples = new Float32Array([0.25, NaN, Infinity, -Infinity, -0.5]);
    const { clip } = await readAudio(
      wav({ format: format(3, 1, 8000, 32), data: new Uint8Array(samples.buffer) }),
    );
    expect([...(clip.channels[0] ?? [])]).toEqual([0.25, 0, 0, 0, -0.5]);
  });

  it('reads to the end where a stream left its length open', async () => {
    const data = new Uint8Array(1600);
    for (const dataLength of [0xffffffff, 0x7ffff000]) {
      const { clip } = await readAudio(wav({ format: format(1, 1, 8000, 16), data, dataLength }));
      expect(clip.channels[0]?.length).toBe(800);
    }
  });

  it('gives the sound that is left of a file that is cut off', async () => {
    const whole = await fixture('tone.wav');
    const { clip } = await readAudio(whole.subarray(0, whole.length / 2));
    expect(clip.channels[0]?.length).toBe(Math.floor((whole.length / 2 - 44) / 4));
  });

  it('says that a file without samples has no sound', async () => {
    const { code } = await failureOf(
      readAudio(wav({ format: format(1, 1, 8000, 16), data: new Uint8Array() })),
    );
    expect(code).toBe('audio_empty');
  });

  it('refuses an hour by its header alone', async () => {
    const data = new Uint8Array(100);
    const file = wav({ format: format(1, 2, 44100, 16), data, dataLength: 3600 * 44100 * 4 });
    const { code, message } = await failureOf(readAudio(file));
    expect(code).toBe('audio_too_long');
    expect(message).toContain('300 seconds');
  });

  it.each([
    { lie: '65,535 channels in blocks of one byte', bytes: format(1, 65535, 44100, 8, 1) },
    { lie: 'no channels', bytes: format(1, 0, 44100, 16) },
    { lie: 'a sample rate of zero', bytes: format(1, 1, 0, 16) },
    {
      lie: 'ADPCM blocks of 65,535 samples in one byte',
      bytes: [...format(0x11, 1, 44100, 4, 1), 2, 0, 255, 255],
    },
    { lie: 'a codec that does not exist', bytes: format(0x1234, 1, 44100, 16) },
    { lie: 'samples of 12 bits', bytes: format(1, 2, 44100, 12) },
    { lie: 'a cut off header', bytes: [1, 0, 1] },
  ])('refuses a header with $lie', async ({ bytes }) => {
    const { code } = await failureOf(readAudio(wav({ format: bytes, data: noiseBytes(100_000) })));
    expect(code).toBe('audio_unreadable');
  });
});

describe('files that are no sound', () => {
  it.each([
    { what: 'no bytes', bytes: new Uint8Array() },
    { what: 'random bytes', bytes: noiseBytes(200_000) },
    { what: 'text', bytes: joined('Dear reader,\n'.repeat(1000)) },
    { what: 'nothing but zeros', bytes: new Uint8Array(10_000) },
    { what: 'the signature of MP3 and then noise', bytes: joined([0xff, 0xfb], noiseBytes(5000, 7)) },
    { what: 'the signature of Ogg alone', bytes: joined('OggS') },
    { what: 'the signature of FLAC alone', bytes: joined('fLaC') },
    { what: 'the signature of WAV alone', bytes: joined('RIFF', [255, 255, 255, 255], 'WAVE') },
    { what: 'an ID3 tag alone', bytes: joined('ID3', [4, 0, 0, 0, 0, 0, 10], new Uint8Array(10)) },
    {
      what: 'an ID3 tag that claims 256 MB',
      bytes: joined('ID3', [4, 0, 0, 127, 127, 127, 127], noiseBytes(5000)),
    },
  ])('refuses $what with a way out', async ({ bytes }) => {
    const { code, message } = await failureOf(readAudio(bytes));
    expect(code).toBe('audio_unreadable');
    expect(message).toContain('WAV, MP3, Ogg or FLAC');
  });

  it('reads an MP3 behind an ID3 tag that claims more than there is', async () => {
    const lying = joined('ID3', [4, 0, 0, 127, 127, 127, 127], await fixture('tone-mono.mp3'));
    const { format } = await readAudio(lying);
    expect(format).toBe('mp3');
  });
});

describe('files that are cut off or damaged', () => {
  it('gives most of the sound of two thirds of an MP3, an Ogg and a FLAC', async () => {
    const clip = tone(48000, 2, 3);
    const files = [
      (await writeAudio(clip, 'mp3')).bytes,
      (await writeAudio(clip, 'ogg')).bytes,
      await fixture('tone.flac'),
    ];
    for (const bytes of files) {
      const whole = await readAudio(bytes);
      const part = await readAudio(bytes.subarray(0, Math.floor((bytes.length * 2) / 3)));
      const share = (part.clip.channels[0]?.length ?? 0) / (whole.clip.channels[0]?.length ?? 1);
      expect(share).toBeGreaterThan(0.3);
      expect(share).toBeLessThan(0.75);
    }
  });

  it.each(['tone.mp3', 'tone-vorbis.ogg', 'tone-opus.ogg', 'tone.flac', 'tone.wav'])(
    'never fails in any other way than with a clear sentence, wherever %s ends',
    async (name) => {
      const bytes = await fixture(name);
      for (const length of [1, 3, 4, 11, 12, 27, 28, 43, 44, 60, 100, 200, 1000, bytes.length - 1]) {
        const outcome = await readAudio(bytes.subarray(0, length)).then(
          ({ clip }) => (clip.channels[0]?.length ?? 0) > 0,
          (error: unknown) => error instanceof Error && error.name === 'EngineError',
        );
        expect(outcome, `${name} of ${length} bytes`).toBe(true);
      }
    },
  );

  it.each(['tone.mp3', 'tone-vorbis.ogg', 'tone-opus.ogg', 'tone.flac'])(
    'survives noise in the middle of %s',
    async (name) => {
      for (let seed = 1; seed <= 6; seed++) {
        const bytes = await fixture(name);
        const at = Math.floor((bytes.length * seed) / 7);
        bytes.set(noiseBytes(40, seed).subarray(0, bytes.length - at), at);
        const outcome = await readAudio(bytes).then(
          ({ clip }) => clip.channels.every((samples) => samples.every(Number.isFinite)),
          (error: unknown) => error instanceof Error && error.name === 'EngineError',
        );
        expect(outcome).toBe(true);
      }
    },
  );
});

describe('files made to keep a decoder busy', () => {
  it('such as an Ogg of empty pages are refused', async () => {
    const start = silentOpus(0, 0);
    const empty = encodeOggPage({ packets: [], granulePosition: -1, serialNumber: 1, sequenceNumber: 2 });
    const { code } = await failureOf(readAudio(joined(start, Buffer.alloc(151_000 * empty.length, empty))));
    expect(code).toBe('audio_unreadable');
  });

  it('such as a FLAC with a megabyte of noise behind it give the sound that there was', async () => {
    const { clip } = await readAudio(joined(await fixture('silence.flac'), noiseBytes(1_000_000)));
    const seconds = (clip.channels[0]?.length ?? 0) / clip.sampleRate;
    expect(seconds).toBeGreaterThan(0.4);
    expect(seconds).toBeLessThan(1.5);
  });

  it('such as an MP3 with megabytes of 0xff behind it give the sound that there was', async () => {
    const { clip } = await readAudio(
      joined(await fixture('silence.mp3'), new Uint8Array(3_000_000).fill(0xff)),
    );
    expect((clip.channels[0]?.length ?? 0) / clip.sampleRate).toBeCloseTo(1, 0);
  });
});

describe('sound that is too long', () => {
  it('is refused in an MP3 of an hour', async () => {
    const second = await fixture('silence.mp3');
    const hour = joined(...new Array<Uint8Array>(3600).fill(second));
    const { code } = await failureOf(readAudio(hour));
    expect(code).toBe('audio_too_long');
  });

  it('is refused in an Ogg Opus of an hour, whether its pages tell the truth or not', async () => {
    for (const samplesStated of [48000, 0]) {
      const { code } = await failureOf(readAudio(silentOpus(3600, samplesStated)));
      expect(code).toBe('audio_too_long');
    }
  });

  it('is refused in a FLAC of an hour, whether its header tells the truth or not', async () => {
    const second = await fixture('silence.flac');
    const start = flacSoundStart(second);
    const hour = joined(
      second.subarray(0, start),
      ...new Array<Uint8Array>(3600).fill(second.subarray(start)),
    );
    for (const samplesStated of [8000 * 3600, 0, 8000]) {
      hour.set(bigEndian(samplesStated, 4), 22);
      const { code } = await failureOf(readAudio(hour));
      expect(code).toBe('audio_too_long');
    }
  });

  it('is refused by the size of the file before anything is read', async () => {
    const { code, message } = await failureOf(readAudio(new Uint8Array(100 * 1024 * 1024 + 1)));
    expect(code).toBe('audio_too_long');
    expect(message).toContain('100 MB');
  });

  it('is what the caller says it is', async () => {
    const bytes = await fixture('tone.flac');
    const { code } = await failureOf(readAudio(bytes, { maxSeconds: 0.1 }));
    expect(code).toBe('audio_too_long');
    await expect(readAudio(bytes, { maxSeconds: 0.5 })).resolves.toMatchObject({ format: 'flac' });
  });
});

describe('cancelling', () => {
  it('ends the reading', async () => {
    const reading = readAudio(await fixture('tone.flac'), { signal: AbortSignal.abort() });
    await expect(reading).rejects.toBeInstanceOf(CancelledError);
  });
});

/** Ogg Opus of 20 ms packets of digital silence, a second on each page. */
function silentOpus(seconds: number, samplesStatedPerPage: number): Uint8Array {
  const head = joined('OpusHead', [1, 1], littleEndian(312, 2), littleEndian(48000, 4), [0, 0, 0]);
  const comments = joined('OpusTags', littleEndian(0, 4), littleEndian(0, 4));
  const packets = new Array<Uint8Array>(50).fill(new Uint8Array([0xf8, 0xff, 0xfe]));
  const page = (
    sequenceNumber: number,
    content: readonly Uint8Array[],
    granulePosition: number,
  ): Uint8Array =>
    encodeOggPage({
      packets: content,
      granulePosition,
      serialNumber: 1,
      sequenceNumber,
      isFirst: sequenceNumber === 0,
      isLast: sequenceNumber === seconds + 1,
    });
  return joined(
    page(0, [head], 0),
    page(1, [comments], 0),
    ...Array.from({ length: seconds }, (_, i) => page(i + 2, packets, 960 + i * samplesStatedPerPage)),
  );
}

function flacSoundStart(flac: Uint8Array): number {
  const view = new DataView(flac.buffer, flac.byteOffset, flac.byteLength);
  let offset = 4;
  let isLast = false;
  while (!isLast) {
    isLast = view.getUint8(offset) >= 0x80;
    offset += 4 + (view.getUint32(offset) & 0xffffff);
  }
  return offset;
}
