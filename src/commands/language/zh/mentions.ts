import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { list } = formatsFor('zh-CN');

export const mentions: Phrases['mentions'] = {
  openings: '更 多一点 少一点 再',
  replacing: '混音 remix',
  looking: '我先听一听。',
  howTo:
    '用文字回复我的片段，例如 `更 jazzy 0.6`，我就用它做一个新的；`混音 church bells seed 7` 则用新的文字代替原来的。0 到 1 的数字表示可以改变多少。你也可以在带有声音或图片的消息里提到我，或在回复我能看到的消息时提到我。',
  notAllowedToPost: (permissions) => `我不能在这个频道发布片段：请让管理员给我${list(permissions)}权限。`,
};
