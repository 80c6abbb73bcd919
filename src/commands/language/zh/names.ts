import type { CommandName } from '../command-texts.js';

/** Names of commands and options; also where sentences mention them. */
export const names = {
  riff: 'riff',
  remix: 'remix',
  listen: '听图片',
  see: '看声音',
  help: '帮助',
  about: '关于',
  prompt: '提示词',
  negative: '不要',
  seed: '种子',
  steps: '步数',
  guidance: '遵循度',
  scheduler: '调度器',
  format: '格式',
  clip: '片段',
  link: '链接',
  strength: '强度',
  length: '时长',
  loop: '循环',
  count: '数量',
} satisfies Record<CommandName, string>;
