import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const recipes: Phrases['recipes'] = {
  tempo: '速度',
  understood: '听懂了',
  surprise: '这些词我一个也不认识，所以这是个惊喜。',
  guidance: '遵循度',
  scheduler: '调度器',
  model: '模型',
  engine: '制作',
  unknownOrigin: '随命令附加的文件',
  repeat: '再做一次的方法',
  repeatFromFile: `它是用另一个片段做的：对那个片段使用 /${names.remix}，配上这些文字、种子和强度，或者按“再来一次”。`,
  promise: '同一版本用同一配方会做出同样的片段。图片和声音里也带着配方。',
};
