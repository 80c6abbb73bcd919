import type { Phrases } from '../phrases.js';

export const strengths: Phrases['strengths'] = {
  light: { name: '弱め', meaning: '同じ曲を違う弾き方で' },
  medium: { name: '中くらい', meaning: 'リズムはそのまま、楽器が変わる' },
  heavy: { name: '強め', meaning: '元の曲の面影を残した新しい曲' },
};
