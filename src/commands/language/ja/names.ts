import type { CommandName } from '../command-texts.js';

/** Names of commands and options; also where sentences mention them. */
export const names = {
  riff: 'riff',
  remix: 'remix',
  listen: '聴く',
  see: '見る',
  help: 'ヘルプ',
  about: '情報',
  prompt: 'プロンプト',
  negative: '除外',
  seed: 'シード',
  steps: 'ステップ数',
  guidance: '忠実度',
  scheduler: 'スケジューラー',
  format: '形式',
  clip: 'クリップ',
  link: 'リンク',
  strength: '強さ',
  length: '長さ',
  loop: 'ループ',
  count: '数',
} satisfies Record<CommandName, string>;
