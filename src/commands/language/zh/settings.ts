import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number } = formatsFor('zh-CN');

const clipsOf = (count: number) => `${number(count)} 个片段`;

export const settings: Phrases['settings'] = {
  title: '这个服务器的设置',
  changed: '已更改。',
  nothingGiven: '没有任何更改：请填写想更改的内容。',
  fields: {
    model: '模型',
    steps: '步数',
    length: '时长',
    language: '语言',
    channels: '频道',
    roles: '谁可以提出',
    deletion: '谁可以删除',
    spoilers: '剧透遮挡',
    ageRestricted: '有年龄限制的频道',
    words: '禁用词',
    queue: '排队',
    hour: '每小时',
  },
  asModel: '按模型的默认',
  asBot: '我的默认',
  modelGone: (model) => `${model}（已不再安装：改用我的默认）`,
  asAsker: '服务器的，或提出者的',
  atMost: (count) => `最多 ${number(count)}`,
  seconds: (count) => `最多 ${number(count)} 秒`,
  unlimited: '尽我所能',
  everywhere: '全部',
  everybody: '所有人',
  deleters: { requester: '提出的人和管理员', moderator: '管理员', everybody: '所有人' },
  spoilers: { never: '从不', listed: '没有频道', always: '总是' },
  ageRules: { same: '和别处一样', 'any-words': '那里允许禁用词', only: '只在那里制作片段' },
  noWords: '无',
  perPerson: (clips) => `每人 ${clipsOf(clips)}`,
  perServer: (clips) => `整个服务器 ${clipsOf(clips)}`,
  asOperator: '按我对各处的上限',
  list,
  unknownModel: (models) => `我没有这个模型。现有：${list(models)}。`,
  unusableWords: (words) => `${list(words)} 里没有文字。请给出由字母、文字或数字组成的词。`,
  tooLongWords: (max) => `每个词最多 ${number(max)} 个字符。`,
  tooMany: (max) => `最多 ${number(max)} 个。请先移除一些。`,
  notMember: '我不是这个服务器的成员：请先邀请我。',
  forgotten: (clips) =>
    (clips === 0 ? '' : `已取消 ${clipsOf(clips)}。`) +
    '我已删除关于你保存的文件、文字和计数。' +
    '留下的有：我发布的消息（可用它们的删除按钮移除），以及为了让上限有效而在内存中最多保留一小时的、你要过多少片段。',
};
