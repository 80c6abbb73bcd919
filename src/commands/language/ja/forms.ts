import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number } = formatsFor('ja');

export const forms: Phrases['forms'] = {
  rounds: (times) => `継ぎ目なしで${number(times)}回くり返します。ファイルそのものもループ再生できます。`,
  soundboard:
    'サウンドボードに使える大きさと長さです。保存して、「サーバー設定 → サウンドボード」から追加してください。',
  remixTitle: 'このクリップをリミックス',
  remixPrompt: 'どんな音にしますか？',
  remixStrength: 'どれだけ変えるか：0＝変えない、0.3 弱め、0.55 中くらい、0.75 強め、1＝すべて',
};
