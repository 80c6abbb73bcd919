import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number } = formatsFor('zh-CN');

const clipsOf = (count: number) => `${number(count)} 个片段`;

export const line: Phrases['line'] = {
  title: '队列',
  empty: `没有正在制作的，也没有人在等。用 /${names.riff} 开始吧。`,
  active: '正在制作',
  elsewhere: '别处某人的片段',
  yours: '你的',
  more: (clips) => `……还有 ${number(clips)} 个。`,
  cancel: (place) => `取消第 ${number(place)} 个`,
  all: '我的全部',
  everybodys: '这个服务器的全部，不论是谁的',
  cancelled: (clips) => `已取消 ${clipsOf(clips)}。`,
  noneOfYours: '队列里没有你的片段。',
  unknown: `队列里没有这个片段。请从输入时给出的选项中选择，或用 /${names.queue} 查看。`,
};
