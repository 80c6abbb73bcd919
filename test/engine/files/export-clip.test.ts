import { describe, expect, it } from 'vitest';

import { durationSeconds } from '../../../src/engine/audio/audio-clip.js';
import { exportClip } from '../../../src/engine/files/export-clip.js';
import { readAudio } from '../../../src/engine/files/read-audio.js';
import { writeAudio } from '../../../src/engine/files/write-audio.js';
import { writePicture } from '../../../src/engine/files/write-picture.js';
import { soundToPicture } from '../../../src/engine/spectrogram/sound-to-picture.js';
import { DEFAULT_SPECTROGRAM_PARAMS } from '../../../src/engine/spectrogram/spectrogram-params.js';
import { errorInDecibels, tone } from './fixtures.js';

describe('exportClip', () => {
  it('makes a voice message: mono Opus of the same length, with a point for each tenth of a second', async () => {
    const { bytes } = await writeAudio(tone(48_000, 2, 1.25), 'wav');
    const voice = await exportClip(bytes, { type: 'voice-message' });
    expect(voice).toMatchObject({ format: 'ogg', sampleRate: 48_000, numberOfChannels: 1 });
    const { clip } = await readAudio(voice.bytes);
    expect(clip.channels).toHaveLength(1);
    expect(durationSeconds(clip)).toBeCloseTo(1.25, 3);
    expect(voice.waveform).toHaveLength(13);
    expect(Math.min(...voice.waveform)).toBeGreaterThan(200);
  });

  it('has at most 256 points', async () => {
    const { bytes } = await writeAudio(tone(8000, 1, 30), 'wav');
    expect((await exportClip(bytes, { type: 'voice-message' })).waveform).toHaveLength(256);
  });

  it('cuts an excerpt and fades it out; what is short enough stays as it is', async () => {
    const { bytes } = await writeAudio(tone(48_000, 1, 2), 'wav');
    const cut = await readAudio(
      (await exportClip(bytes, { type: 'excerpt', maxSeconds: 0.5, format: 'wav' })).bytes,
    );
    const samples = cut.clip.channels[0] ?? new Float32Array();
    expect(samples).toHaveLength(24_000);
    expect(Math.max(...samples.subarray(-20).map(Math.abs))).toBeLessThan(0.01);
    expect(Math.max(...samples.subarray(0, 20_000).map(Math.abs))).toBeCloseTo(0.5, 2);
    const whole = await exportClip(bytes, { type: 'excerpt', maxSeconds: 2, format: 'wav' });
    expect((await readAudio(whole.bytes)).clip).toEqual((await readAudio(bytes)).clip);
  });

  it('plays a loop several times, each time the same, and runs on over the joins', async () => {
    const params = DEFAULT_SPECTROGRAM_PARAMS;
    // 440 Hz in whole periods, so that the picture itself has no seam.
    const { picture } = soundToPicture(tone(44_100, 1, 1), params, { circular: true });
    const file = await writePicture(picture, params);
    const wav = await exportClip(file, { type: 'rounds', rounds: 3, format: 'wav' });
    const samples = (await readAudio(wav.bytes)).clip.channels[0] ?? new Float32Array();
    expect(samples).toHaveLength(3 * 48_000);
    expect(errorInDecibels(samples.subarray(48_000, 96_000), samples.subarray(0, 48_000))).toBe(-Infinity);
    const steps = samples.map((sample, index) => Math.abs(sample - (samples[index - 1] ?? sample)));
    const atJoins = Math.max(...[48_000, 96_000].map((join) => steps[join] ?? Infinity));
    expect(atJoins).toBeLessThanOrEqual(Math.max(...steps.subarray(1000, 47_000)) * 1.01);
  });

  it('refuses what is neither picture nor sound', async () => {
    await expect(exportClip(new Uint8Array(100), { type: 'voice-message' })).rejects.toMatchObject({
      code: 'audio_unreadable',
    });
  });
});
