import type { Phrases } from '../phrases.js';

export const help: Phrases['help'] = {
  title: '我会做什么',
  intro: (example) => `告诉我你想听什么，我就做出来：声音的图片，还有声音本身。例如：\n${example}`,
  replies: '回复即混音',
  menu: '在消息菜单的“应用”里',
  buttons: '片段下面的按钮',
  buttonMeanings: {
    again: '同样的文字，换一个种子',
    varyLittle: '和这个很像',
    varyLot: '和这个不太像',
    remix: '用你自己的文字',
    longer: '再延长一倍',
    loop: '无缝地循环播放',
    voiceMessage: '在手机上也能直接播放',
    soundboard: '用于服务器音效板的文件',
    recipe: '它是用什么做的，怎样再做一次',
    delete: '仅限点播者和管理员',
  },
  strength: '混音的强度',
  howStrong: '0 表示原样返回，1 表示完全不保留原片段。',
  ideas: '可以试试的文字（我最懂英文）',
};
