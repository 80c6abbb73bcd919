import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, percent } = formatsFor('ja');

export const about: Phrases['about'] = {
  intro:
    '音楽は、私が動いているこのマシンの中だけで作ります。あなたの言葉やクリップが、ほかのサービスに送られることはありません。',
  model: 'モデル',
  licence: 'ライセンス',
  notStated: '記載なし',
  software: 'プログラム',
  otherModels: 'ほかに使えるモデル',
  measured: (clips) => `${number(clips)}件のクリップでの測定結果`,
  percent,
  shares: (generated, real) => `${percent(generated)}（ほかの音楽：${percent(real)}）`,
  measures: {
    genre: 'ジャンルが希望どおり',
    genreTopThree: '希望のジャンルが上位3位以内',
    lead: '主役の楽器が希望どおり',
    drums: 'ドラムの有無が希望どおり',
    tempo: 'テンポが希望どおり（誤差2%以内）',
  },
  judge:
    '音楽の聴き分けを学習したプログラムが判定しました。かっこの中は、モデルが作っていない音楽での結果です。',
  notMeasured: 'このモデルの測定結果はありません。',
};
