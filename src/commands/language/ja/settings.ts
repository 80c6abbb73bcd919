import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number } = formatsFor('ja');

const clipsOf = (count: number) => `${number(count)}個のクリップ`;

export const settings: Phrases['settings'] = {
  title: 'このサーバーの設定',
  changed: '変更しました。',
  nothingGiven: '何も変わっていません。変えたい項目を入力してください。',
  fields: {
    model: 'モデル',
    steps: 'ステップ数',
    length: '長さ',
    language: '言語',
    channels: 'チャンネル',
    roles: '頼める人',
    deletion: '削除できる人',
    spoilers: 'スポイラー',
    ageRestricted: '年齢制限のあるチャンネル',
    words: '禁止語',
    queue: '順番待ち',
    hour: '1時間あたり',
  },
  asModel: 'モデルに合った数',
  asBot: '私の標準',
  modelGone: (model) => `${model}（もう入っていないので、私の標準を使います）`,
  asAsker: 'サーバー、または頼んだ人の言語',
  atMost: (count) => `最大${number(count)}`,
  seconds: (count) => `最大${number(count)}秒`,
  unlimited: 'できるかぎり',
  everywhere: 'すべて',
  everybody: '全員',
  deleters: { requester: '頼んだ人とモデレーター', moderator: 'モデレーター', everybody: '全員' },
  spoilers: { never: '使わない', listed: 'どのチャンネルでも使わない', always: 'いつも' },
  ageRules: { same: 'ほかと同じ', 'any-words': '禁止語も使える', only: 'そこでだけクリップを作れる' },
  noWords: 'なし',
  perPerson: (clips) => `一人${clipsOf(clips)}`,
  perServer: (clips) => `サーバー全体で${clipsOf(clips)}`,
  asOperator: 'どこでも許している数',
  list,
  unknownModel: (models) => `そのモデルはありません。あるのは ${list(models)} です。`,
  unusableWords: (words) => `${list(words)} には文字がありません。文字か数字の言葉を入れてください。`,
  tooLongWords: (max) => `言葉は${number(max)}文字までにしてください。`,
  tooMany: (max) => `${number(max)}個までです。先にどれかを外してください。`,
  notMember: '私はこのサーバーのメンバーではありません。まず招待してください。',
  forgotten: (clips) =>
    (clips === 0 ? '' : `${clipsOf(clips)}をキャンセルしました。`) +
    'あなたについて保存していたファイル、言葉、回数を消しました。' +
    '残るもの：私が投稿したメッセージ（削除ボタンで消せます）と、上限を守るために最長 1時間だけメモリーに残る、頼んだクリップの数。',
};
