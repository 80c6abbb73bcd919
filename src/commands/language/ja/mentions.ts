import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list } = formatsFor('ja');

export const mentions: Phrases['mentions'] = {
  openings: 'もっと もう少し もうちょっと',
  replacing: 'リミックス remix',
  looking: '聴いてみます。',
  howTo:
    '私のクリップに `もっと jazzy 0.6` のような言葉で返信すると、そこから新しいクリップを作ります。`リミックス church bells seed 7` なら元の言葉の代わりになります。0 から 1 の数字は、どれだけ変えてよいかです。音や画像のあるメッセージや、私に見えるメッセージへの返信で私をメンションすることもできます。',
  notAllowedToPost: (permissions) =>
    `このチャンネルではクリップを投稿できません。モデレーターに${list(permissions)}の権限を頼んでください。`,
};
