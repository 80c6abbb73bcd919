import { describe, expect, it } from 'vitest';

import { clip } from '../../src/commands/clip-view.js';
import { CommandError } from '../../src/commands/errors.js';
import { phrasesFor } from '../../src/commands/language/languages.js';
import { begun, failed, posted, progress, waiting, whyInReply } from '../../src/commands/replies.js';
import { sentenceFor } from '../../src/commands/sentences.js';
import { EngineError } from '../../src/engine/errors.js';
import type { GeneratedClip } from '../../src/engine/music-engine.js';
import { QueueError } from '../../src/queue/errors.js';
import { sampleClip } from './sample-clip.js';
import { remixJob, riffJob, waitingJob } from './sample-job.js';

const job = waitingJob(riffJob());
const english = phrasesFor('en-GB');
const longest = '*'.repeat(500);

describe('status messages', () => {
  it('say how many are ahead, and can be cancelled by the id of the job', () => {
    expect(waiting(job, 0).content).toBe('**funk bassline**\nYours is next.');
    expect(waiting(job, 1).content).toContain('1 clip is ahead');
    expect(waiting(job, 2).content).toContain('2 clips are ahead');
    expect(JSON.stringify(waiting(job, 2).components)).toContain(`"cancel:${job.id}"`);
  });

  it('show the percentage as a bar and a number, with the step', () => {
    const state = { stage: 'denoising', step: 5, numInferenceSteps: 20, fraction: 0.25 } as const;
    expect(progress(job, state).content).toContain('`█████░░░░░░░░░░░░░░░` 25% · step 5 of 20');
    expect(progress(job, { ...state, fraction: 1 }).content).toContain(`\`${'█'.repeat(20)}\` 100%`);
  });

  it('say what is being done before anything is known of how far it is', () => {
    expect(begun(job).content).toContain('0% · waking the model');
    expect(begun(waitingJob(remixJob())).components).toHaveLength(1);
  });

  it('count one after the other where one message will have several clips', () => {
    const state = { stage: 'denoising', step: 5, numInferenceSteps: 10, fraction: 0.5 } as const;
    const { content } = progress(job, state, { index: 1, count: 4 });
    expect(content).toContain('37% · clip 2 of 4 · step 5 of 10');
  });

  it('attach the picture when there is one, and leave the last one when there is none', () => {
    const state = { stage: 'denoising', step: 1, numInferenceSteps: 2, fraction: 0.5 } as const;
    expect(progress(job, state).files).toBeUndefined();
    expect(progress(job, { ...state, preview: new Uint8Array(3) }).files).toHaveLength(1);
  });

  it('drop button and picture when the job is over', () => {
    expect(failed(job, 'No.')).toMatchObject({ components: [], files: [], embeds: [] });
    expect(posted(job, 'https://example')).toMatchObject({ components: [], files: [] });
  });

  it('fit into a message whatever the prompt', () => {
    const longestJob = waitingJob(riffJob({ prompt: longest }));
    expect(waiting(longestJob, 3).content.length).toBeLessThan(2000);
  });
});

describe('the finished clip', () => {
  it('names prompt, seed, steps, duration and who asked, and shows its picture', () => {
    const { embeds, files } = clip(job, sampleClip());
    const [embed] = embeds ?? [];
    expect(embed?.description).toBe('**funk bassline**');
    expect(embed?.fields?.map(({ name, value }) => [name, value])).toEqual([
      ['Seed', '`7`'],
      ['Steps', '16'],
      ['Duration', '5.1 s'],
      ['Asked by', '<@1001>'],
    ]);
    expect(embed?.image?.url).toBe('attachment://funk-bassline-7.png');
    expect(files?.map(({ name, contentType }) => [name, contentType])).toEqual([
      ['funk-bassline-7.png', 'image/png'],
      ['funk-bassline-7.mp3', 'audio/mpeg'],
    ]);
  });

  it('says when the model has heard only the beginning of the prompt', () => {
    const [whole] = clip(job, sampleClip()).embeds ?? [];
    const [part] = clip(job, { ...sampleClip(), isPromptTruncated: true }).embeds ?? [];
    expect(whole?.description).not.toContain('only the beginning');
    expect(part?.description).toContain('only the beginning');
  });

  it('says what the model understood, or that it was nothing, if the model tells', () => {
    const understoodOf = (understood?: GeneratedClip['understood']): unknown => {
      const finished = { ...sampleClip(), ...(understood && { understood }) };
      const told = { ...finished, recipe: { ...finished.recipe, bpm: 120 } };
      const fields = clip(job, understood?.length ? told : finished).embeds?.[0]?.fields ?? [];
      return fields.find(({ name }) => name === 'Understood')?.value;
    };
    const traits = [
      { kind: 'genre', name: 'rock' },
      { kind: 'lead', name: 'electric guitar' },
    ] as const;
    expect(understoodOf(traits)).toBe('rock, electric guitar lead, 120 bpm');
    expect(understoodOf([])).toBe('I knew none of these words, so this is a surprise.');
    expect(understoodOf()).toBeUndefined();
  });

  it('of a remix names the strength and the message that it was made from, or the file', () => {
    const origin = { guildId: '2002', channelId: '3003', messageId: '6006' };
    const fromMessage = { ...remixJob(), input: { ...remixJob().input, origin } };
    expect(fieldsOf(fromMessage)).toEqual(
      expect.arrayContaining([
        ['Strength', '0.3'],
        ['From', 'https://discord.com/channels/2002/3003/6006'],
      ]),
    );
    expect(fieldsOf(remixJob())).toContainEqual(['From', 'a.mp3']);
    const nasty = { ...remixJob(), input: { ...remixJob().input, name: '@everyone **x**.mp3' } };
    expect(fieldsOf(nasty)).toContainEqual(['From', '@\u200beveryone \\*\\*x\\*\\*.mp3']);
  });

  it('names the negative prompt where there is one', () => {
    const [embed] = clip(job, sampleClip({ negativePrompt: 'drums' })).embeds ?? [];
    expect(embed?.fields?.at(-1)).toEqual({ name: 'Without', value: 'drums' });
  });

  it('keeps to the limits of an embed with the longest texts', () => {
    const { embeds, files } = clip(job, sampleClip({ prompt: longest, negativePrompt: longest }));
    const [embed] = embeds ?? [];
    expect(embed?.description?.length).toBeLessThanOrEqual(4096);
    for (const { value } of embed?.fields ?? []) expect(value.length).toBeLessThanOrEqual(1024);
    expect(files?.[0]?.description?.length).toBeLessThanOrEqual(1024);
  });

  it('says why it stands in the reply, and what would cure that', () => {
    const missingPermissions = ['Embed Links', 'Attach Files'];
    const sentence = whyInReply({ destination: { type: 'reply', missingPermissions }, locale: 'en-GB' });
    expect(sentence).toContain('Embed Links and Attach Files');
  });
});

describe('sentences for errors', () => {
  it('repeat what is wrong with a request', () => {
    expect(sentenceFor(new EngineError('invalid_request', 'The prompt is empty.'), english)).toBe(
      'The prompt is empty.',
    );
  });

  it('never repeat the message of any other error', () => {
    const errors = [
      new EngineError('disk_full', '/srv/data is full'),
      new EngineError('model_missing', '/srv/models is empty'),
      new QueueError('storage_failed', 'ENOSPC /srv/data'),
      new CommandError('too_many_jobs'),
    ];
    for (const error of errors) {
      expect(sentenceFor(error, english)).toMatch(/^[A-Z].*[.]$/);
      expect(sentenceFor(error, english)).not.toContain('/srv');
    }
  });

  it('have none for what nobody foresaw, but an incident to look up', () => {
    expect(sentenceFor(new TypeError('x is not a function'), english)).toBeUndefined();
    expect(english.failures.unexpected('00c0ffee')).toContain('00c0ffee');
  });
});

function fieldsOf(data: ReturnType<typeof remixJob>): [string, string][] {
  const [embed] = clip(waitingJob(data), sampleClip()).embeds ?? [];
  return (embed?.fields ?? []).map(({ name, value }) => [name, value]);
}
