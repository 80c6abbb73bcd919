import { describe, expect, it } from 'vitest';

import { readMp3Frame } from '../../../src/engine/files/mp3-frames.js';
import { oggPages } from '../../../src/engine/files/ogg-pages.js';
import { readAudio } from '../../../src/engine/files/read-audio.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import { AUDIO_FORMATS } from '../../../src/engine/limits.js';
import { serializeRecipe } from '../../../src/engine/recipe/recipe.js';
import { errorInDecibels, RECIPE, tone } from './fixtures.js';

describe('writing sound', () => {
  it.each([
    { format: 'wav', rate: 44100, channels: 1, below: -85 },
    { format: 'wav', rate: 22050, channels: 2, below: -85 },
    { format: 'mp3', rate: 44100, channels: 1, below: -25 },
    { format: 'mp3', rate: 44100, channels: 2, below: -25 },
    { format: 'mp3', rate: 48000, channels: 2, below: -25 },
    { format: 'ogg', rate: 48000, channels: 1, below: -25 },
    { format: 'ogg', rate: 48000, channels: 2, below: -25 },
  ] as const)(
    'reads back $format at $rate Hz with $channels channels sample by sample, without a shift',
    async ({ format, rate, channels, below }) => {
      const clip = tone(rate, channels);
      const written = await writeAudio(clip, format);
      const { clip: read } = await readAudio(written.bytes);
      expect(read.sampleRate).toBe(rate);
      expect(read.channels.map((samples) => samples.length)).toEqual(
        clip.channels.map((samples) => samples.length),
      );
      clip.channels.forEach((reference, channel) => {
        expect(errorInDecibels(read.channels[channel] ?? new Float32Array(), reference)).toBeLessThan(below);
      });
    },
  );

  it.each([
    { format: 'mp3', from: 24000, to: 44100 },
    { format: 'ogg', from: 44100, to: 48000 },
  ] as const)('brings $from Hz to the $to Hz of $format at the same length', async ({ format, from, to }) => {
    const { bytes } = await writeAudio(tone(from, 1), format);
    const { clip } = await readAudio(bytes);
    expect(clip.sampleRate).toBe(to);
    expect(clip.channels[0]?.length).toBe(to / 2);
    expect(
      errorInDecibels(clip.channels[0] ?? new Float32Array(), tone(to, 1).channels[0] ?? new Float32Array()),
    ).toBeLessThan(-25);
  });

  it('says what it wrote', async () => {
    const { bytes, ...facts } = await writeAudio(tone(44100, 2, 0.25), 'ogg');
    expect(facts).toEqual({ format: 'ogg', sampleRate: 44100, numberOfChannels: 2, durationSeconds: 0.25 });
    expect(bytes.length).toBeGreaterThan(0);
  });

  it.each(AUDIO_FORMATS)('gives the same bytes each time in %s', async (format) => {
    const tags = { title: 'Tone', recipe: RECIPE };
    const first = await writeAudio(tone(48000, 2, 0.1), format, tags);
    const second = await writeAudio(tone(48000, 2, 0.1), format, tags);
    expect(Buffer.compare(first.bytes, second.bytes)).toBe(0);
  });

  it('clips what is louder than full scale and keeps the extremes of 16 bits', async () => {
    const clip = { sampleRate: 8000, channels: [new Float32Array([2, 1, -1, -2, 0])] };
    const { bytes } = await writeAudio(clip, 'wav');
    const samples = new Int16Array(bytes.slice(-10).buffer);
    expect([...samples]).toEqual([32767, 32767, -32768, -32768, 0]);
  });

  it('writes 192 kb/s stereo and 128 kb/s mono MP3', async () => {
    for (const [channels, kilobits] of [
      [2, 192],
      [1, 128],
    ] as const) {
      const { bytes } = await writeAudio(tone(48000, channels), 'mp3');
      const frame = readMp3Frame(bytes, bytes.indexOf(0xff));
      // At 48 kHz a frame is 24 ms.
      expect(frame?.length).toBe((kilobits * 24) / 8);
    }
  });

  it('takes the number of an Ogg stream from its content', async () => {
    const serialOf = async (title: string): Promise<number | undefined> => {
      const { bytes } = await writeAudio(tone(48000, 1, 0.1), 'ogg', { title });
      return oggPages(bytes).next().value?.serialNumber;
    };
    expect(await serialOf('one')).not.toBe(await serialOf('two'));
  });
});

describe('tags of written sound', () => {
  it.each([
    { format: 'wav', tag: 'COMMENT' },
    { format: 'mp3', tag: 'RIFFCORD_RECIPE' },
    { format: 'ogg', tag: 'RIFFCORD_RECIPE' },
  ] as const)('hold title and recipe in $format', async ({ format, tag }) => {
    const { bytes } = await writeAudio(tone(48000, 1, 0.1), format, { title: RECIPE.prompt, recipe: RECIPE });
    const { tags } = await readAudio(bytes);
    expect(tags.get('TITLE')).toBe(RECIPE.prompt);
    expect(tags.get('ENCODER')).toBe('Riffcord');
    expect(tags.get(tag)).toBe(serializeRecipe(RECIPE));
  });

  it.each(AUDIO_FORMATS)('are left out of %s when there are none', async (format) => {
    const { tags } = await readAudio((await writeAudio(tone(48000, 1, 0.1), format)).bytes);
    expect([...tags.keys()]).toEqual(['ENCODER']);
  });
});
