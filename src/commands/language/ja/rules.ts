import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { choice, number } = formatsFor('ja');

const clipsOf = (count: number) => `${number(count)}個のクリップ`;

export const rules: Phrases['rules'] = {
  channel: (channels) =>
    `このチャンネルではクリップを作れません。${choice(channels)} か、ダイレクトメッセージで試してください。`,
  role: (roles) =>
    `このサーバーでクリップを作れるのは ${choice(roles)} を持つ人だけです。モデレーターに頼むか、ダイレクトメッセージで試してください。`,
  ageRestrictedOnly:
    'このサーバーでは、年齢制限のあるチャンネルでだけクリップを作れます。そちらか、ダイレクトメッセージで試してください。',
  bannedWord: 'ここでは使えない言葉が含まれています。別の言い方にしてください。',
  steps: (max) => `このサーバーのステップ数は最大${number(max)} です。減らしてください。`,
  length: (seconds) => `このサーバーのクリップは最大${number(seconds)}秒です。もっと短くしてください。`,
  jobsOfUser: (max) =>
    `あなたの${clipsOf(max)}が順番待ちです。このサーバーではこれが一人の上限です。完成を待つか、キャンセルしてください。/${names.queue} で見られます。`,
  jobsOfGuild: (max) =>
    `このサーバーの${clipsOf(max)}が順番待ちで、上限に達しています。どれかが完成したら試してください。/${names.queue} で見られます。`,
  hourOfUser: {
    later: (max, when) =>
      `1時間に頼めるのは${clipsOf(max)}までで、もう上限です。${when}にまた頼んでください。`,
    never: (max) => `1時間に頼めるのは${clipsOf(max)}までです。一度に頼む数を減らしてください。`,
  },
  hourOfGuild: {
    later: (max, when) =>
      `このサーバーが 1時間に頼めるのは${clipsOf(max)}までで、もう上限です。${when}にまた頼んでください。`,
    never: (max) =>
      `このサーバーが 1時間に頼めるのは${clipsOf(max)}までです。一度に頼む数を減らしてください。`,
  },
};
