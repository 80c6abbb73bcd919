import type { CommandTexts } from '../command-texts.js';
import { names } from './names.js';
import { serverCommands } from './server-commands.js';

export const commands: CommandTexts = {
  names,
  descriptions: {
    ...serverCommands.descriptions,
    'Make a clip of music from words': '言葉から音楽のクリップを作ります',
    'Make a new clip out of another one, and words': 'クリップと言葉から新しいクリップを作ります',
    'Hear a picture: a spectrogram, or anything drawn or photographed':
      '画像を音にします。スペクトログラムでも、絵でも、写真でも',
    'See a sound of up to five minutes, as a picture that can be played':
      '5分までの音を、もう一度再生できる画像にします',
    'What I can do, and how to ask for it': 'できることと、頼み方',
    'The model that makes the music, its licence, and how well it does':
      '音楽を作るモデル、そのライセンスと実力',
    'What you would like to hear, for example "funk bassline with a jazzy saxophone solo"':
      '聴きたい音楽（英語がおすすめ）：例「funk bassline with a jazzy saxophone solo」',
    'What you would rather not hear': '入れてほしくないもの',
    'Beats per minute (default: what the words say, such as "128 bpm")':
      '1分あたりの拍数（省略時：「128 bpm」のように言葉で書いた速さ）',
    'The same seed and options give the same clip (default: a new one each time)':
      '同じシードと設定なら同じクリップになります（省略時：毎回新しいシード）',
    'More steps take longer and are more exact (default: what suits the model)':
      '多いほど時間はかかりますが、きれいになります（省略時：モデルに合った値）',
    'How closely to follow the words; 1 = hardly (default: what suits the model)':
      '言葉にどれだけ従うか。1はほとんど従いません（省略時：モデルに合った値）',
    'The way from noise to picture (default: what suits the model)':
      'ノイズから画像を作る方法（省略時：モデルに合った方法）',
    'Kind of audio file (default: mp3)': '音声ファイルの形式（省略時：mp3）',
    'A sound or a spectrogram picture (default: my last clip in this channel)':
      '音かスペクトログラムの画像（省略時：このチャンネルの最新のクリップ）',
    'A picture (default: my last clip in this channel)': '画像（省略時：このチャンネルの最新のクリップ）',
    'A sound (default: my last clip in this channel)': '音（省略時：このチャンネルの最新のクリップ）',
    'Or a link to the message that has it (Copy Message Link)':
      'または、ファイルのあるメッセージのリンク（「メッセージリンクをコピー」）',
    'How much may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'どれだけ変えるか：0＝変えない、1＝すべて変える（省略時：0.55、中くらい）',
    'Seconds, in whole pictures (default: one picture, some five seconds)':
      '秒数。画像単位に切り上げます（省略時：画像1枚、約5秒）',
    'Variations to choose from, in one message (default: 1)':
      '一つのメッセージに並べるバリエーションの数（省略時：1）',
    'Whether its end must run on into its beginning, whatever the model':
      'モデルに関係なく、終わりが始めに途切れずつながるようにします',
    'Make one piece of music that goes from one sound to another':
      'ある音から別の音へ変わっていく一つの曲を作ります',
    'What you would like to hear first': '最初に聴きたい音楽',
    'What it becomes': '変わっていく先',
    'Pictures on the way, some five seconds each (default: 5)': '途中の画像の数。1枚は約5秒（省略時：5）',
    'The sound or spectrogram picture to start from': '始まりの音かスペクトログラムの画像',
    'The sound or spectrogram picture to arrive at': '終わりの音かスペクトログラムの画像',
    'Or a link to the message of the clip to start from': 'または、始まりのクリップがあるメッセージのリンク',
    'Or a link to the message of the clip to arrive at': 'または、終わりのクリップがあるメッセージのリンク',
    'How much of the clips may change: 0 = nothing, 1 = everything (default: 0.55, medium)':
      'クリップをどれだけ変えるか：0＝変えない、1＝すべて変える（省略時：0.55、中くらい）',
    'Seed of the far end (default: that of the start)': '終わりのシード（省略時：始まりと同じ）',
    'Go there and back, so that it can be played round and round':
      '行って戻り、くり返し再生できるようにします',
  },
  choices: {
    ...serverCommands.choices,
  },
};
