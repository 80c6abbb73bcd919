import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const conversions: Phrases['conversions'] = {
  heard: '画像を鳴らしました',
  playedPicture: '再生したスペクトログラム',
  seen: '音を画像にしました',
  howToPlay: `灰色の画像は /${names.listen} で再生、/${names.remix} でリミックスできます。こちらは見るための画像です。`,
  lossy: '正確な画像はここにアップロードするには大きすぎるため、JPEGにしました。',
  readablePicture: 'スペクトログラム：右へ時間、上へ周波数、明るいほど大きな音',
  playablePicture: '再生できる灰色のスペクトログラム',
  assumptions: {
    'standard-axes': '何を表すかの情報がないので、1列を10ミリ秒、行を0～10 kHzとしました。',
    turned: '横向きに撮られていたので、回転しました。',
    scaled: '高さを512行に伸縮し、時間はそのままにしました。',
    grey: '色に関係なく、明るさを音量としました。',
    inverted: '暗い部分が多いので、明るいほど大きな音としました。',
    stretched: '一番明るいところを無音に、一番暗いところを最大音量にしました。',
  },
};
