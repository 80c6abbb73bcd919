import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number } = formatsFor('ja');

const clipsOf = (count: number) => `${number(count)}個のクリップ`;

export const line: Phrases['line'] = {
  title: '順番待ち',
  empty: `作成中のものも、待っている人もいません。/${names.riff} で始められます。`,
  active: '作成中',
  elsewhere: '別の場所の誰かのクリップ',
  yours: 'あなたのクリップ',
  more: (clips) => `… ほか${number(clips)}個。`,
  cancel: (place) => `${number(place)} をキャンセル`,
  all: '自分のものすべて',
  everybodys: 'このサーバーのものすべて（誰のものでも）',
  cancelled: (clips) => `${clipsOf(clips)}をキャンセルしました。`,
  noneOfYours: '順番待ちにあなたのクリップはありません。',
  unknown: `そのクリップは順番待ちにありません。入力中に表示される候補から選ぶか、/${names.queue} を見てください。`,
};
