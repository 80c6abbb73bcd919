import { describe, expect, it } from 'vitest';

import { understoodWords } from '../../../src/engine/understanding/trait-words.js';
import { understoodTraits } from '../../../src/engine/understanding/understood-traits.js';

/** Likelihood of the prompt, and of an empty one. */
type Heard = Readonly<Record<string, readonly [number, number]>>;

function traitsOf(heard: Heard): string[] {
  const names = Object.keys(heard);
  const column = (index: 0 | 1): Float32Array => Float32Array.from(names, (name) => heard[name]![index]);
  return understoodTraits(names, column(0), column(1)).map(({ kind, name }) => `${kind}:${name}`);
}

describe('what was understood', () => {
  it('is what is likely, the likeliest of each kind first', () => {
    const heard = {
      'genre:funk': [0.7, 0.05],
      'genre:jazz': [0.9, 0.05],
      'genre:rock': [0.4, 0.05],
    } as const;
    expect(traitsOf(heard)).toEqual(['genre:jazz', 'genre:funk']);
  });

  it('is not what is as likely where nothing is said', () => {
    expect(traitsOf({ 'mood:drums': [0.6, 0.55], 'mood:minor': [0.9, 0.5] })).toEqual(['mood:minor']);
    expect(traitsOf({ 'mood:drums': [1, 1] })).toEqual([]);
    expect(traitsOf({})).toEqual([]);
  });

  it('is told once: by a style rather than its genre, by the lead rather than the instrument', () => {
    const genres = {
      'genre:jazz': [0.9, 0.1],
      'style:acid jazz': [0.8, 0.1],
      'genre:funk': [0.7, 0.1],
    } as const;
    expect(traitsOf(genres)).toEqual(['style:acid jazz', 'genre:funk']);
    const lead = {
      'instrument:piano': [0.9, 0.1],
      'lead:piano': [0.8, 0.1],
      'instrument:harp': [0.9, 0.1],
    } as const;
    expect(traitsOf(lead)).toEqual(['lead:piano', 'instrument:harp']);
  });

  it('is at most three of a kind, and of kinds that are known', () => {
    const many = Object.fromEntries(
      ['a', 'b', 'c', 'd'].map((name) => [`mood:${name}`, [0.9, 0.1] as const]),
    );
    expect(traitsOf({ ...many, 'weather:rain': [1, 0], 'form:steady': [1, 0] })).toHaveLength(3);
  });
});

describe('the words for it', () => {
  it('are those that people use', () => {
    const traits = [
      { kind: 'genre', name: 'rock' },
      { kind: 'lead', name: 'electric guitar' },
      { kind: 'lead', name: 'saw lead' },
      { kind: 'effect', name: 'drive' },
      { kind: 'effect', name: 'echo' },
      { kind: 'scale', name: 'blues' },
      { kind: 'key', name: 'e flat' },
      { kind: 'meter', name: '3' },
    ] as const;
    expect(understoodWords(traits, 120)).toEqual([
      'rock',
      'electric guitar lead',
      'saw lead',
      'distortion',
      'echo',
      'blues scale',
      'in e flat',
      '3/4',
      '120 bpm',
    ]);
  });

  it('are said once, and a tempo to a tenth', () => {
    const traits = [
      { kind: 'mood', name: 'drums' },
      { kind: 'instrument', name: 'drums' },
    ] as const;
    expect(understoodWords(traits, 117.1875)).toEqual(['drums', '117.2 bpm']);
    expect(understoodWords([])).toEqual([]);
  });
});
