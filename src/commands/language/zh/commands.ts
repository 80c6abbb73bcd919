import type { CommandTexts } from '../command-texts.js';
import { names } from './names.js';
import { serverCommands } from './server-commands.js';

export const commands: CommandTexts = {
  names,
  descriptions: {
    ...serverCommands.descriptions,
    'Make a clip of music from words': '用文字生成一段音乐',
    'Make a new clip out of another one, and words': '用一个片段加上文字，做出新的片段',
    'Hear a picture: a spectrogram, or anything drawn or photographed':
      '听一张图片：频谱图、手绘或照片都可以',
    'See a sound of up to five minutes, as a picture that can be played':
      '把五分钟以内的声音变成可以再播放的图片',
    'What I can do, and how to ask for it': '我会做什么，怎么让我做',
    'The model that makes the music, its licence, and how well it does':
      '生成音乐的模型、它的许可证和实测表现',
    'What you would like to hear, for example "funk bassline with a jazzy saxophone solo"':
      '你想听什么，最好用英文，例如“funk bassline with a jazzy saxophone solo”',
    'What you would rather not hear': '你不想听到什么',
    'Beats per minute (default: what the words say, such as "128 bpm")':
      '每分钟拍数（默认：文字里写的速度，例如“128 bpm”）',
    'The same seed and options give the same clip (default: a new one each time)':
      '种子和选项相同，片段就相同（默认：每次换新种子）',
    'More steps take longer and are more exact (default: what suits the model)':
      '步数越多越慢，也越精细（默认：适合模型的步数）',
    'How closely to follow the words; 1 = hardly (default: what suits the model)':
      '多大程度上遵循文字；1 = 几乎不遵循（默认：适合模型的值）',
    'The way from noise to picture (default: what suits the model)':
      '从噪声到图片的方法（默认：适合模型的方法）',
    'Kind of audio file (default: mp3)': '音频文件的格式（默认：mp3）',
    'A sound or a spectrogram picture (default: my last clip in this channel)':
      '声音或频谱图（默认：我在这个频道的上一个片段）',
    'A picture (default: my last clip in this channel)': '图片（默认：我在这个频道的上一个片段）',
    'A sound (default: my last clip in this channel)': '声音（默认：我在这个频道的上一个片段）',
    'Or a link to the message that has it (Copy Message Link)': '或者包含它的消息的链接（复制消息链接）',
    'How much may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      '可以改变多少：0 = 不变，1 = 全变（默认：0.55，中等）',
    'Seconds, in whole pictures (default: one picture, some five seconds)':
      '秒数，按整张图片计（默认：一张图片，约五秒）',
    'Variations to choose from, in one message (default: 1)': '一条消息里可供选择的变化数（默认：1）',
    'Whether its end must run on into its beginning, whatever the model':
      '结尾是否必须无缝接回开头，不管用哪个模型',
    'Make one piece of music that goes from one sound to another': '做一首从一种声音渐变到另一种的音乐',
    'What you would like to hear first': '你想先听到什么',
    'What it becomes': '它会变成什么',
    'Pictures on the way, some five seconds each (default: 5)': '途中的图片数，每张约五秒（默认：5）',
    'The sound or spectrogram picture to start from': '开头的声音或频谱图',
    'The sound or spectrogram picture to arrive at': '结尾的声音或频谱图',
    'Or a link to the message of the clip to start from': '或者开头片段所在消息的链接',
    'Or a link to the message of the clip to arrive at': '或者结尾片段所在消息的链接',
    'How much of the clips may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      '片段可以改变多少：0 = 不变，1 = 全变（默认：0.55，中等）',
    'Seed of the far end (default: that of the start)': '结尾的种子（默认：与开头相同）',
    'Go there and back, so that it can be played round and round': '去了再回来，可以循环播放',
  },
  choices: {
    ...serverCommands.choices,
  },
};
