import type { Phrases } from '../phrases.js';

export const help: Phrases['help'] = {
  title: 'できること',
  intro: (example) =>
    `聴きたい音楽を教えてください。音の画像と、音そのものを作ります。たとえば：\n${example}`,
  replies: '返信でリミックス',
  menu: 'メッセージのメニューの「アプリ」から',
  buttons: 'クリップの下のボタン',
  buttonMeanings: {
    again: '同じ言葉で、別のシード',
    varyLittle: 'このクリップとよく似たもの',
    varyLot: 'このクリップとあまり似ていないもの',
    remix: '好きな言葉で作り直す',
    longer: '同じ長さだけ続きを作る',
    loop: '途切れずにくり返す',
    voiceMessage: 'スマートフォンでもその場で再生できる形',
    soundboard: 'サーバーのサウンドボード用のファイル',
    recipe: '何から作られたか、同じものを作る方法',
    delete: 'リクエストした人とモデレーターだけ',
  },
  strength: 'リミックスの強さ',
  howStrong: '0なら元のクリップのまま、1なら元のクリップは残りません。',
  ideas: '試してみたい言葉（英語が一番よく伝わります）',
};
