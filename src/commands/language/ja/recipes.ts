import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const recipes: Phrases['recipes'] = {
  tempo: 'テンポ',
  understood: 'わかったこと',
  surprise: '知っている言葉がなかったので、何ができるかはお楽しみです。',
  guidance: '忠実度',
  scheduler: 'スケジューラー',
  model: 'モデル',
  engine: '作成',
  unknownOrigin: 'コマンドに添付されたファイル',
  repeat: 'もう一度作るには',
  repeatFromFile: `別のクリップから作られています。元のクリップに /${names.remix} を使い、この言葉とシードと強さを指定するか、「もう一度」を押してください。`,
  promise: '同じバージョンなら、同じレシピから同じクリップができます。画像と音声にも入っています。',
};
