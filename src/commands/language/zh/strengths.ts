import type { Phrases } from '../phrases.js';

export const strengths: Phrases['strengths'] = {
  light: { name: '轻微', meaning: '同一首曲子，换一种演奏' },
  medium: { name: '中等', meaning: '节奏不变，换乐器' },
  heavy: { name: '强烈', meaning: '一首新曲子，带着旧曲的影子' },
};
