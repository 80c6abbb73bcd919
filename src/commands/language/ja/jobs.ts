import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, percent } = formatsFor('ja');

export const jobs: Phrases['jobs'] = {
  next: '次はあなたの番です。',
  ahead: (clips) => `あと${number(clips)}件でお作りします。`,
  percent,
  stages: {
    loading: 'モデルを起こしています',
    denoising: (step, steps) => `ステップ ${number(step)}/${number(steps)}`,
    decoding: '画像を現像しています',
    sounding: '画像を音にしています',
    encoding: '音をファイルにしています',
  },
  part: (clip, clips) => `クリップ ${number(clip)}/${number(clips)}`,
  listening: '画像を音にしています。',
  seeing: '音を画像にしています。',
  restarting: 'ボットを再起動しています。順番はそのままです。',
  cancelled: 'キャンセルしました。',
  ready: (link) => `クリップができました：${link}`,
  cancel: 'キャンセル',
  preview: '作成途中の画像',
  notAllowedToPost: 'このチャンネルには投稿できなかったので、クリップはここに載せます。',
  missingPermissions: (permissions) =>
    `このチャンネルには投稿できないので、クリップはここに載せます（モデレーターに次の権限を付けてもらえます：${list(permissions)}）。`,
  permissions: {
    'View Channel': 'チャンネルを見る',
    'Embed Links': '埋め込みリンク',
    'Attach Files': 'ファイルを添付',
    'Send Messages': 'メッセージを送信',
    'Send Messages in Threads': 'スレッドでメッセージを送信',
  },
};
