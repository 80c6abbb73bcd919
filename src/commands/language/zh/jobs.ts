import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list, number, percent } = formatsFor('zh-CN');

export const jobs: Phrases['jobs'] = {
  next: '下一个就轮到你了。',
  ahead: (clips) => `前面还有 ${number(clips)} 个片段。`,
  percent,
  stages: {
    loading: '正在唤醒模型',
    denoising: (step, steps) => `第 ${number(step)} 步，共 ${number(steps)} 步`,
    decoding: '正在显影图片',
    sounding: '正在把图片变成声音',
    encoding: '正在打包声音',
  },
  part: (clip, clips) => `第 ${number(clip)} 个片段，共 ${number(clips)} 个`,
  listening: '正在把图片变成声音。',
  seeing: '正在把声音变成图片。',
  restarting: '机器人正在重启，你的片段会保留原来的位置。',
  cancelled: '已取消。',
  ready: (link) => `你的片段做好了：${link}`,
  cancel: '取消',
  preview: '正在生成的图片',
  notAllowedToPost: '我没能在这个频道发消息，所以你的片段放在这里。',
  missingPermissions: (permissions) =>
    `我不能在这个频道发消息（管理员可以给我这些权限：${list(permissions)}），所以你的片段放在这里。`,
  permissions: {
    'View Channel': '查看频道',
    'Embed Links': '嵌入链接',
    'Attach Files': '附加文件',
    'Send Messages': '发送消息',
    'Send Messages in Threads': '在子区中发送消息',
  },
};
