import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { choice, number } = formatsFor('zh-CN');

const clipsOf = (count: number) => `${number(count)} 个片段`;

export const rules: Phrases['rules'] = {
  channel: (channels) => `这个频道不制作片段。请到${choice(channels)}或私信里提出。`,
  role: (roles) => `在这个服务器，只有拥有${choice(roles)}的人可以制作片段。请向管理员申请，或在私信里试试。`,
  ageRestrictedOnly: '这个服务器只在有年龄限制的频道里制作片段。请到那里或私信里提出。',
  bannedWord: '里面有这里不允许的词。请换个说法。',
  steps: (max) => `这个服务器最多允许 ${number(max)} 步。请减少步数。`,
  length: (seconds) => `这个服务器最多允许 ${number(seconds)} 秒的片段。请缩短一些。`,
  jobsOfUser: (max) =>
    `你有 ${clipsOf(max)}在排队，这是这个服务器每人的上限。请等一个完成，或取消一个：用 /${names.queue} 查看。`,
  jobsOfGuild: (max) =>
    `这个服务器有 ${clipsOf(max)}在排队，已到上限。请等一个完成后再试：用 /${names.queue} 查看。`,
  hourOfUser: {
    later: (max, when) => `你每小时可以要 ${clipsOf(max)}，已经用完。请在 ${when} 再试。`,
    never: (max) => `你每小时可以要 ${clipsOf(max)}。请一次少要一些。`,
  },
  hourOfGuild: {
    later: (max, when) => `这个服务器每小时可以要 ${clipsOf(max)}，已经用完。请在 ${when} 再试。`,
    never: (max) => `这个服务器每小时可以要 ${clipsOf(max)}。请一次少要一些。`,
  },
};
