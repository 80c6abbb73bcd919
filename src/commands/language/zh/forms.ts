import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number } = formatsFor('zh-CN');

export const forms: Phrases['forms'] = {
  rounds: (times) => `无缝循环 ${number(times)} 遍。文件本身也可以循环播放。`,
  soundboard: '大小和长度都适合音效板：保存后，在“服务器设置 → 音效板”里添加。',
  remixTitle: '混音这个片段',
  remixPrompt: '想把它变成什么？',
  remixStrength: '可以改变多少：0 = 不变，0.3 轻微，0.55 中等，0.75 强烈，1 = 全变',
};
