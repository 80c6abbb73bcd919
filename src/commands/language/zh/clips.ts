import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, tenths } = formatsFor('zh-CN');

export const clips: Phrases['clips'] = {
  seed: '种子',
  steps: '步数',
  duration: '时长',
  seconds: (seconds) => `${tenths(seconds)} 秒`,
  number,
  askedBy: '点播者',
  without: '不要',
  strength: '强度',
  from: '来源',
  to: '去向',
  someFile: '一个文件',
  spectrogramOf: (prompt) => `频谱图：${prompt}`,
  promptTruncated: '提示词太长，模型只听得到开头：短一些效果更好。',
  buttons: {
    again: '再来一次',
    varyLittle: '稍微变化',
    varyLot: '大幅变化',
    vary: '变化',
    remix: '混音',
    longer: '加长',
    loop: '循环',
    voiceMessage: '语音消息',
    soundboard: '音效板',
    recipe: '配方',
    delete: '删除',
  },
};
