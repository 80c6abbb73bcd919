import type { APIApplicationCommand } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { isUpToDate, planRegistration } from '../../../src/commands/deploy/registration-plan.js';
import { riffPayload } from '../../../src/commands/payloads/riff.js';

/** What Discord answers: fields of its own, defaults written out, options that say what they are not. */
const registered = {
  ...structuredClone(riffPayload),
  id: '9',
  application_id: '4',
  version: '5',
  default_member_permissions: null,
  dm_permission: true,
  nsfw: false,
  name_localizations: null,
  description_localizations: null,
  contexts: [2, 1, 0],
  options: riffPayload.options.map((option) => ({ required: false, ...structuredClone(option) })),
} as unknown as APIApplicationCommand;

describe('planRegistration', () => {
  it('does nothing when Discord has the same in other words', () => {
    const plan = planRegistration([riffPayload], [registered]);
    expect(plan).toEqual({ create: [], update: [], remove: [], unchanged: ['riff'] });
    expect(isUpToDate(plan)).toBe(true);
  });

  it('creates what Discord does not have', () => {
    expect(planRegistration([riffPayload], [])).toMatchObject({ create: [riffPayload], unchanged: [] });
  });

  it.each([
    ['a description', { ...registered, description: 'Other words' }],
    ['a limit', { ...registered, options: withFirst(registered.options, { max_length: 300 }) }],
    ['an option less', { ...registered, options: registered.options?.slice(1) }],
    ['the order of options', { ...registered, options: registered.options?.toReversed() }],
    ['who may use it', { ...registered, default_member_permissions: '8' }],
    ['where it may be used', { ...registered, contexts: [0] }],
  ])('updates a command that differs in %s', (_what, other) => {
    const plan = planRegistration([riffPayload], [other as APIApplicationCommand]);
    expect(plan).toMatchObject({ create: [], update: [{ id: '9', payload: riffPayload }], unchanged: [] });
    expect(isUpToDate(plan)).toBe(false);
  });

  it('removes what is no longer ours, but never the entry point of an activity', () => {
    const old = { ...registered, id: '10', name: 'old' };
    const entryPoint = { ...registered, id: '11', name: 'launch', type: 4 } as APIApplicationCommand;
    const plan = planRegistration([riffPayload], [registered, old, entryPoint]);
    expect(plan.remove).toEqual([{ id: '10', name: 'old' }]);
  });
});

function withFirst(options: APIApplicationCommand['options'], change: object): unknown[] {
  const [first, ...rest] = options ?? [];
  return [{ ...first, ...change }, ...rest];
}
