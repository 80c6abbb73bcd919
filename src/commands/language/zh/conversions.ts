import type { Phrases } from '../phrases.js';
import { names } from './names.js';

export const conversions: Phrases['conversions'] = {
  heard: '图片变成的声音',
  playedPicture: '播放的频谱图',
  seen: '声音变成的图片',
  howToPlay: `灰色的图片可以用 /${names.listen} 播放，用 /${names.remix} 混音；这一张是给人看的。`,
  lossy: '这是 JPEG，因为精确的图片太大，无法在这里上传。',
  readablePicture: '频谱图：向右是时间，向上是频率，越亮越响。',
  playablePicture: '同一张频谱图的灰度版，可以播放。',
  assumptions: {
    'standard-axes': '图片没有说明它表示什么，所以每列算 10 毫秒，各行从 0 到 10 kHz。',
    turned: '照片是横着拍的，我把它转正了。',
    scaled: '我把它拉伸到 512 行，时间保持不变。',
    grey: '不管什么颜色，我都把亮度当作响度。',
    inverted: '图片大部分是暗的，所以亮的地方算响。',
    stretched: '我让最亮的地方静音，最暗的地方最响。',
  },
};
