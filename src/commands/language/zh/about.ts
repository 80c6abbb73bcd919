import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';

const { number, percent } = formatsFor('zh-CN');

export const about: Phrases['about'] = {
  intro: '我只在自己运行的这台机器上做音乐：别的服务都不会知道你的文字和片段。',
  model: '模型',
  licence: '许可证',
  notStated: '未注明',
  software: '程序',
  otherModels: '这里的其他模型',
  measured: (clips) => `在 ${number(clips)} 个片段上的实测结果`,
  percent,
  shares: (generated, real) => `${percent(generated)}（其他音乐：${percent(real)}）`,
  measures: {
    genre: '风格符合要求',
    genreTopThree: '要求的风格在前三个猜测之中',
    lead: '主奏乐器符合要求',
    drums: '鼓的有无符合要求',
    tempo: '速度符合要求（误差在 2% 以内）',
  },
  judge: '由一个学会分辨音乐的程序来听。括号里是对非模型所作音乐的同样结果。',
  notMeasured: '这个模型没有实测结果。',
};
