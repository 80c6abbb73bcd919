import { CLIP_FILE_MAX_BYTES } from '../../attachment-source.js';
import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number } = formatsFor('zh-CN');

const OPERATOR = '请告诉机器人的维护者';

export const failures: Phrases['failures'] = {
  unexpected: (incident) =>
    `我这边出了点问题。请再试一次；如果还是不行，请把这个事件编号告诉机器人的维护者：${incident}。`,
  unknownCommand: '我已经不认识这个命令了。请重新加载 Discord 再试。',
  unknownButton: '这个按钮已经失效了。',
  request: {
    empty: (option) => `请告诉我要做什么：“${option}”里什么都没有。`,
    notANumber: (option) => `“${option}”必须是数字。`,
    tooLong: (option, most) => `“${option}”太长了：最多 ${number(most)} 个字符。`,
    tooSmall: (option, least) => `“${option}”至少为 ${number(least)}。`,
    tooLarge: (option, most) => `“${option}”最多为 ${number(most)}。`,
    inEnglish: (message) => `这样不行。具体原因我只会用英文说：${message}`,
  },
  parameters: {
    prompt: names.prompt,
    negativePrompt: names.negative,
    seed: names.seed,
    numInferenceSteps: names.steps,
    guidanceScale: names.guidance,
    strength: names.strength,
    bpm: names.bpm,
    seconds: names.length,
  },
  command: {
    two_clips: '请只给文件或链接中的一个，不要两个都给。',
    clip_not_found: `这里最近的消息里没有我的片段。请附上一个，给出它所在消息的链接，或者用 /${names.riff} 做一个。`,
    link_unreadable: '这不是消息链接。请在带有片段的消息的菜单里选择“复制消息链接”，或者直接附上文件。',
    link_foreign: '我只能使用你和我都能阅读的消息里的片段。请直接附上文件。',
    message_gone: '我找不到那条消息，它可能已被删除。请直接附上文件。',
    message_without_clip:
      '那条消息里我看不到声音或图片。只有提到我的消息，Discord 才会让我看到其他人的文件：请直接附上文件。',
    no_clip_there: '那条消息里没有声音也没有图片。',
    choice_forgotten: '我已不记得是哪个片段。请在它那条消息的菜单里重新选择。',
    channel_unreadable:
      '我不能阅读那里的消息。请直接附上文件，或者请管理员给我“查看频道”和“阅读消息历史记录”的权限。',
    address_forbidden: '我只从 Discord 获取文件。请附上文件，或者给出带有它的消息的链接。',
    file_too_large: `这个文件超过了 ${CLIP_FILE_MAX_BYTES / 2 ** 20} MB。请截取一段，或者存成 MP3 或 Ogg。`,
    file_gone: 'Discord 上已经没有那个文件，或者它的地址已过期。请直接附上文件。',
    file_unreachable: 'Discord 没有给出那个文件。请一分钟后再试，或者重新附上。',
    not_a_clip: '这个文件不是我能读取的声音或图片。请试试 WAV、MP3、Ogg 或 FLAC，或者 PNG、JPEG 或 WebP。',
    not_a_sound: `这是图片，而我需要声音。想听图片，请用 /${names.listen}。`,
    not_a_picture: `这是声音，而我需要图片。想看声音，请用 /${names.see}。`,
    not_a_strength: '强度必须是 0 到 1 之间的数字，例如 0.55。',
    input_lost: '我把要用的文件弄丢了。请再发一次。',
    too_many_jobs: '你在队列里的片段已经达到每人的上限。请等一个做完，或者取消一个。',
    job_over: '太晚了：这个片段已经完成或取消了。',
    clip_too_large: '做好的片段超过了这里允许上传的大小。请在上限更高的服务器或私信里试试。',
    clip_undeliverable: '片段做好了，但我不能在这里发布。请让管理员允许我发消息和附加文件，然后再试。',
    batch_too_long: '一次做几个片段时，总长不能超过三分钟。请少要几个，或短一些。',
    morph_without_words: '请用文字说明从什么变到什么：只有我自己做的片段才能代替文字。',
    morph_without_start: '请也给出开头的片段，或者两头都用文字说明。',
    long_enough: '这个片段已经是我能做的最长了：三分钟。',
    not_your_clip: '只有点播这个片段的人或管理员才能删除它。',
    not_your_job: '只有点播这个片段的人，或者可以管理消息的人，才能取消它。',
  },
  queue: {
    closed: '机器人正在重启。请一分钟后再试。',
    full: '队列已满。请几分钟后再试。',
    storage_failed: '你的请求没有被接受，因为无法保存：磁盘可能满了。请稍后再试，或者告诉机器人的维护者。',
    locked: '机器人正在启动。请一分钟后再试。',
    abandoned: '机器人在做这个片段时停了好几次，所以放弃了。请换别的选项试试，或者告诉维护者。',
    timed_out: '花的时间太长，我停下了。请试试更短的片段或更少的步数。',
  },
  engine: {
    model_missing: `没有安装所需的模型。${OPERATOR}：\`npx riffcord doctor\` 会说明缺少什么。`,
    model_corrupt: `所需的模型已损坏。${OPERATOR}：\`npx riffcord doctor\` 会说明是哪个文件。`,
    model_unsupported: `所需的模型是我不能运行的类型。${OPERATOR}：\`npx riffcord doctor\` 会说明详情。`,
    device_unavailable: `指定我使用的设备无法工作。${OPERATOR}：\`npx riffcord doctor\` 会说明原因。`,
    audio_unreadable: '无法读取这个音频文件。请试试 WAV、MP3、Ogg 或 FLAC 文件。',
    audio_too_long: '这个音频文件太长了。请换一个短一些的。',
    audio_empty: '这个音频文件里没有声音。请换一个。',
    image_unreadable: '无法读取这张图片。请试试 PNG、JPEG 或 WebP 文件。',
    image_too_large: '这张图片像素太多，或者播放起来会超过五分钟。请换一张小一些的。',
    image_not_spectrogram: `这张图片不是我能直接使用的频谱图。请先把它交给 /${names.listen}：之后我发布的图片就可以用了。`,
    recipe_missing: '这个文件没有说明它是怎么做的。请用我发布的文件试试。',
    recipe_invalid: '我读不懂这个文件是怎么做的，它可能出自我的更新版本。',
    disk_full: `磁盘满了。${OPERATOR}，并稍后再试。`,
    io_failed: `有文件无法读取或写入。${OPERATOR}，并稍后再试。`,
    engine_crashed: '引擎在做这个片段时停了好几次。请换别的选项试试。',
    engine_hung: '引擎在做这个片段时好几次没有响应。请减少步数再试。',
    engine_closed: '机器人正在重启。请一分钟后再试。',
  },
};
