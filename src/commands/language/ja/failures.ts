import { CLIP_FILE_MAX_BYTES } from '../../attachment-source.js';
import { formatsFor } from '../formats.js';
import type { Phrases } from '../phrases.js';
import { names } from './names.js';

const { number } = formatsFor('ja');

const OPERATOR = 'ボットの管理者にお知らせください';

export const failures: Phrases['failures'] = {
  unexpected: (incident) =>
    `こちらで問題が起きました。もう一度お試しください。直らない場合は、この番号をボットの管理者にお知らせください：${incident}`,
  unknownCommand: 'このコマンドはもう使えません。Discordを再読み込みして、もう一度お試しください。',
  unknownButton: 'このボタンはもう使えません。',
  request: {
    empty: (option) => `何を作るか教えてください。「${option}」が空です。`,
    notANumber: (option) => `「${option}」は数で指定してください。`,
    tooLong: (option, most) => `「${option}」が長すぎます。${number(most)}文字までにしてください。`,
    tooSmall: (option, least) => `「${option}」は${number(least)}以上にしてください。`,
    tooLarge: (option, most) => `「${option}」は${number(most)}以下にしてください。`,
    inEnglish: (message) => `このままでは作れません。詳しくは英語でしかお伝えできません：${message}`,
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
    two_clips: 'ファイルかリンクの、どちらか一つだけを指定してください。',
    clip_not_found: `ここの最近のメッセージに、私のクリップが見つかりません。クリップを添付するか、メッセージのリンクを指定するか、/${names.riff} で作ってください。`,
    link_unreadable:
      'メッセージのリンクではありません。クリップのあるメッセージのメニューから「メッセージリンクをコピー」を選ぶか、ファイルを添付してください。',
    link_foreign:
      'あなたと私の両方が読めるメッセージのクリップしか使えません。ファイルを直接添付してください。',
    message_gone:
      'そのメッセージが見つかりません。削除されたのかもしれません。ファイルを直接添付してください。',
    message_without_clip:
      'そのメッセージに音や画像が見えません。ほかの人のメッセージのファイルは、私へのメンションがある場合しか見えません。ファイルを直接添付してください。',
    no_clip_there: 'そのメッセージには音も画像もありません。',
    choice_forgotten:
      'どのクリップのことかわからなくなりました。メッセージのメニューからもう一度選んでください。',
    channel_unreadable:
      'そこのメッセージを読む権限がありません。ファイルを直接添付するか、モデレーターに「チャンネルを見る」と「メッセージ履歴を読む」の権限を付けてもらってください。',
    address_forbidden:
      'ファイルはDiscordからしか取得しません。ファイルを添付するか、ファイルのあるメッセージのリンクを指定してください。',
    file_too_large: `このファイルは${CLIP_FILE_MAX_BYTES / 2 ** 20} MBを超えています。一部を切り出すか、MP3かOggで保存してください。`,
    file_gone:
      'Discordにそのファイルがもうないか、アドレスの期限が切れています。ファイルを直接添付してください。',
    file_unreachable:
      'Discordからファイルを受け取れませんでした。1分ほどしてからもう一度試すか、添付し直してください。',
    not_a_clip:
      'このファイルは、私が読める音でも画像でもありません。WAV、MP3、Ogg、FLAC、またはPNG、JPEG、WebPでお試しください。',
    not_a_sound: `これは画像ですが、必要なのは音です。画像を聴くには /${names.listen} を使ってください。`,
    not_a_picture: `これは音ですが、必要なのは画像です。音を見るには /${names.see} を使ってください。`,
    not_a_strength: '強さは0から1までの数にしてください。例：0.55',
    input_lost: '元になるファイルをなくしてしまいました。もう一度送ってください。',
    too_many_jobs:
      '順番待ちのクリップが、一人分の上限に達しています。できあがるのを待つか、どれかをキャンセルしてください。',
    job_over: 'このクリップは、もう完成したかキャンセルされています。',
    clip_too_large:
      '完成したクリップが、ここにアップロードできる大きさを超えています。上限の大きいサーバーかダイレクトメッセージでお試しください。',
    clip_undeliverable:
      'クリップは完成しましたが、ここに投稿できませんでした。投稿とファイルの添付の権限をモデレーターに付けてもらってから、もう一度お試しください。',
    batch_too_long: '一度に作れるクリップは、合わせて3分までです。数を減らすか、短くしてください。',
    morph_without_words:
      '何から何へ変わるのかを言葉で入力してください。省略できるのは、私が作ったクリップのときだけです。',
    morph_without_start: '始まりのクリップも指定するか、両端を言葉で入力してください。',
    long_enough: 'このクリップはもう最長の3分です。',
    not_your_clip: 'このクリップを削除できるのは、リクエストした人かモデレーターだけです。',
    not_your_job:
      'このクリップをキャンセルできるのは、リクエストした人か、メッセージを管理できる人だけです。',
  },
  queue: {
    closed: 'ボットを再起動しています。1分ほどしてからもう一度お試しください。',
    full: '順番待ちがいっぱいです。数分してからもう一度お試しください。',
    storage_failed:
      '保存できなかったため、リクエストを受け付けられませんでした。ディスクがいっぱいかもしれません。あとでもう一度試すか、ボットの管理者にお知らせください。',
    locked: 'ボットを起動しています。1分ほどしてからもう一度お試しください。',
    abandoned:
      'このクリップの作成中にボットが何度も止まったため、あきらめました。別の設定を試すか、管理者にお知らせください。',
    timed_out:
      '時間がかかりすぎたため、中止しました。短いクリップにするか、ステップ数を減らしてお試しください。',
  },
  engine: {
    model_missing: `必要なモデルが入っていません。${OPERATOR}。\`npx riffcord doctor\` で、足りないものがわかります。`,
    model_corrupt: `必要なモデルが壊れています。${OPERATOR}。\`npx riffcord doctor\` で、どのファイルかわかります。`,
    model_unsupported: `必要なモデルは、私が動かせない種類です。${OPERATOR}。\`npx riffcord doctor\` で、詳しくわかります。`,
    device_unavailable: `指定されたデバイスが動きません。${OPERATOR}。\`npx riffcord doctor\` で、理由がわかります。`,
    audio_unreadable: 'この音声ファイルは読めません。WAV、MP3、Ogg、FLACのファイルでお試しください。',
    audio_too_long: 'この音声ファイルは長すぎます。短いものでお試しください。',
    audio_empty: 'この音声ファイルには音が入っていません。別のものでお試しください。',
    image_unreadable: 'この画像は読めません。PNG、JPEG、WebPのファイルでお試しください。',
    image_too_large: 'この画像は画素数が多すぎるか、音にすると5分を超えます。小さいものでお試しください。',
    image_not_spectrogram: `この画像は、そのまま使えるスペクトログラムではありません。先に /${names.listen} に渡してください。そこで投稿される画像なら使えます。`,
    recipe_missing: 'このファイルには、作り方が書かれていません。私が投稿したファイルでお試しください。',
    recipe_invalid: 'このファイルの作り方を読み取れません。新しいバージョンで作られたのかもしれません。',
    disk_full: `ディスクがいっぱいです。${OPERATOR}。あとでもう一度お試しください。`,
    io_failed: `ファイルの読み書きができませんでした。${OPERATOR}。あとでもう一度お試しください。`,
    engine_crashed: 'このクリップでエンジンが何度も止まりました。別の設定でお試しください。',
    engine_hung: 'このクリップでエンジンが何度も応答しなくなりました。ステップ数を減らしてお試しください。',
    engine_closed: 'ボットを再起動しています。1分ほどしてからもう一度お試しください。',
  },
};
