import { describe, expect, it } from 'vitest';

import { bannedWord, hasBannedWord } from '../../../src/commands/settings/banned-words/banned-word.js';

function has(text: string, ...typed: string[]): boolean {
  return hasBannedWord(
    text,
    typed.flatMap((word) => bannedWord(word) ?? []),
  );
}

describe('a banned word is found', () => {
  it.each([
    ['as it is', 'what an ass', 'ass'],
    ['in any case', 'DaMn jazz', 'damn'],
    ['when banned in capitals', 'damn jazz', 'DAMN'],
    ['with accents', 'dämñ jazz', 'damn'],
    ['without the accents that it was banned with', 'scheisse', 'scheiße'],
    ['under a pile of marks', 'd̴̛͙a̸m̷n̶', 'damn'],
    ['in full-width, bold and circled letters', 'ｄａｍｎ', 'damn'],
    ['in mathematical letters', '𝕕𝕒𝕞𝕟', 'damn'],
    ['in Cyrillic look-alikes', 'dаmn', 'damn'],
    ['with figures for letters', 'd4mn', 'damn'],
    ['with signs for letters', '@$$', 'ass'],
    ['with a figure that may be two letters', 'k1ll', 'kill'],
    ['with figures for most letters', 'a55', 'ass'],
    ['with a sign before its figures', 'b|00d', 'blood'],
    ['with dots between', 'd.a.m.n it', 'damn'],
    ['with signs in one place', 'da-mn', 'damn'],
    ['with an invisible sign between', 'da\u200bmn', 'damn'],
    ['with a soft hyphen between', 'da\u00admn', 'damn'],
    ['spelt out with spaces', 'some d a m n jazz', 'damn'],
    ['spelt out with figures', 'd 4 m n', 'damn'],
    ['spelt out over lines', 'd\na\nm\nn', 'damn'],
    ['with letters repeated', 'daaamn jazz', 'damn'],
    ['with one letter doubled', 'damnn', 'damn'],
    ['a short one, with a letter stretched', 'gooood', 'god'],
    ['beside punctuation', '(damn)!', 'damn'],
    ['beside figures', 'damn2 and 3damn', 'damn'],
    ['in several words', 'blood  money blues', 'blood money'],
    ['in several words with signs for spaces', 'blood_money', 'blood money'],
    ['in a longer word, when it says so at its end', 'damnation', 'damn*'],
    ['in a longer word, when it says so at its start', 'goddamn', '*damn'],
    ['that is a number', 'played 1488 times', '1488'],
    ['in writing without spaces', '大馬鹿者のジャズ', '馬鹿'],
    ['in another alphabet', 'Это БЛИН джаз', 'блин'],
  ])('%s', (_how, text, word) => {
    expect(has(text, word)).toBe(true);
  });
});

describe('a banned word is not found', () => {
  it.each([
    ['inside of other words', 'a class of bass players passing grass', 'ass'],
    ['at the start of one', 'assonance', 'ass'],
    ['at the end of one', 'brass', 'ass'],
    ['inside of a spelt-out word', 'c l a s s', 'ass'],
    ['over the border of two words', 'the pen is blue', 'penis'],
    ['over the border of two words, with a short one', 'play it as so', 'ass'],
    ['in a short word with a doubled letter', 'a good groove', 'god'],
    ['in a word with fewer equal letters', 'Niger river blues', 'nigger'],
    ['in numbers', '455 bpm, spinning 45s/80s (1955s) on an 808', 'ass'],
    ['that is a number, in a longer one', '21488 beats', '1488'],
    ['in kana that differ by their marks', 'はか', 'ばか'],
    ['in an empty text', '', 'damn'],
    ['where only one of several words stands', 'blood orange money', 'blood money'],
  ])('%s', (_how, text, word) => {
    expect(has(text, word)).toBe(false);
  });

  it.each(['', '   ', '***', '!?', '\u200b'])('when nothing is left of it: "%s"', (typed) => {
    expect(bannedWord(typed)).toBeUndefined();
  });
});

it('reads hostile texts and words in time that grows with their length', () => {
  const steps = has('1|!'.repeat(2000), 'il'.repeat(30));
  expect(steps).toBe(true);
  expect(has('1|!'.repeat(2000), `${'il'.repeat(29)}x`)).toBe(false);
});
