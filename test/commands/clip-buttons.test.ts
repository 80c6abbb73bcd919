import type { APIMessageTopLevelComponent } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { batchButtons, clipButtons } from '../../src/commands/clip-buttons.js';
import type { JobInput } from '../../src/commands/clip-job.js';
import { unpackOrigin } from '../../src/commands/packed-origin.js';
import { sampleClip } from './sample-clip.js';
import { remixJob, riffJob } from './sample-job.js';

/** As long as an id can be. */
const LONGEST = '18446744073709551615';
const farthest = { guildId: LONGEST, channelId: LONGEST, messageId: LONGEST, position: 3 };
const input = (origin: JobInput['origin']): JobInput => ({ key: '0'.repeat(32), name: 'a.png', origin });

describe('the buttons under clips', () => {
  it('fit into what Discord takes, whatever a clip was made of', () => {
    const { request } = riffJob();
    const ends = { input: input(farthest), endInput: input(farthest) };
    const morph = { ...remixJob(), kind: 'morph' as const, request, ...ends };
    const four = Array.from({ length: 4 }, () => sampleClip());
    for (const rows of [clipButtons(morph, sampleClip()), batchButtons(riffJob(), four)]) {
      expect(rows.length).toBeLessThanOrEqual(5);
      const ids = idsIn(rows);
      expect(new Set(ids).size).toBe(ids.length);
      for (const id of ids) expect(id.length).toBeLessThanOrEqual(100);
    }
  });

  it('know by their own ids what the clip was made of', () => {
    const origin = { guildId: null, channelId: '3003', messageId: '1042', position: 2 };
    const [id] = idsIn(clipButtons({ ...remixJob(), input: input(origin) }, sampleClip()));
    expect(id).toMatch(/^again:remix\//);
    expect(unpackOrigin(id?.split('/')[1] ?? '')).toEqual(origin);
  });

  it('leave Again out where that is in no message, and Longer where a clip is long enough', () => {
    expect(actionsIn(clipButtons(remixJob(), sampleClip()))).not.toContain('again');
    const clip = sampleClip();
    const long = { ...clip, recipe: { ...clip.recipe, pictures: 19 } };
    expect(actionsIn(clipButtons(riffJob(), long))).not.toContain('longer');
    const within = { ...clip, recipe: { ...clip.recipe, pictures: 2, seconds: 7.3 } };
    expect(actionsIn(clipButtons(riffJob(), within))).not.toContain('longer');
    const shorter = { ...clip, recipe: { ...clip.recipe, pictures: 18 } };
    expect(actionsIn(clipButtons(riffJob(), shorter))).toContain('longer');
  });

  it('say whether the clip loops already', () => {
    expect(idsIn(clipButtons(riffJob(), sampleClip()))).toContain('loop:0/loops');
    expect(idsIn(clipButtons(riffJob(), { ...sampleClip(), loops: false }))).toContain('loop:0/open');
  });
});

describe('unpackOrigin', () => {
  it.each(['', 'x', '1.2', 'a.b.c', '..1.0', '1.2.3.44', 'A.B.C.0', `${'z'.repeat(20)}.1.1.0`])(
    'takes %j for no message',
    (packed) => {
      expect(unpackOrigin(packed)).toBeUndefined();
    },
  );
});

function idsIn(rows: readonly APIMessageTopLevelComponent[]): string[] {
  return JSON.stringify(rows)
    .split('"custom_id":"')
    .slice(1)
    .map((rest) => rest.split('"')[0] ?? '');
}

function actionsIn(rows: readonly APIMessageTopLevelComponent[]): string[] {
  return idsIn(rows).map((id) => id.split(':')[0] ?? '');
}
