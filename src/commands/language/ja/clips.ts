import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, tenths } = formatsFor('ja');

export const clips: Phrases['clips'] = {
  seed: 'シード',
  steps: 'ステップ数',
  duration: '長さ',
  seconds: (seconds) => `${tenths(seconds)} 秒`,
  number,
  askedBy: 'リクエスト',
  without: '除外',
  strength: '強さ',
  from: '元のクリップ',
  to: '変化先',
  someFile: 'ファイル',
  spectrogramOf: (prompt) => `スペクトログラム：${prompt}`,
  promptTruncated:
    'プロンプトが長すぎるため、モデルには最初の部分しか届いていません。短くするとうまくいきます。',
  buttons: {
    again: 'もう一度',
    varyLittle: '少し変える',
    varyLot: '大きく変える',
    vary: '変える',
    remix: 'リミックス',
    longer: '長くする',
    loop: 'ループ',
    voiceMessage: 'ボイスメッセージ',
    soundboard: 'サウンドボード',
    recipe: 'レシピ',
    delete: '削除',
  },
};
