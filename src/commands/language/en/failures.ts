/** One sentence for every error that people may cause or cure: what happened, and a way out. */
import { CLIP_FILE_MAX_BYTES } from '../../attachment-source.js';
import { formatsFor } from '../formats.js';

const { number } = formatsFor('en');

const OPERATOR = 'Please tell the bot’s operator';

export const failures = {
  /** @param incident - The id under which the log tells more. */
  unexpected: (incident: string) =>
    `Something went wrong on my side. Please try again; if it stays so, tell the bot's operator: incident ${incident}.`,
  unknownCommand: 'I do not know this command any more. Please reload Discord and try again.',
  unknownButton: 'This button no longer does anything.',
  /** What is wrong with one option, by the name that it has in `parameters`. */
  request: {
    empty: (option: string) => `Please say what I should make: there is nothing in “${option}”.`,
    notANumber: (option: string) => `“${option}” must be a number.`,
    tooLong: (option: string, most: number) => `“${option}” is too long: at most ${number(most)} characters.`,
    tooSmall: (option: string, least: number) => `“${option}” must be at least ${number(least)}.`,
    tooLarge: (option: string, most: number) => `“${option}” must be at most ${number(most)}.`,
    /** @param message - The engine's own. */
    inEnglish: (message: string) => message,
  },
  /** Names of options, by those of the engine's parameters. */
  parameters: {
    prompt: 'prompt',
    negativePrompt: 'negative',
    seed: 'seed',
    numInferenceSteps: 'steps',
    guidanceScale: 'guidance',
    strength: 'strength',
    bpm: 'bpm',
    seconds: 'length',
  },
  command: {
    two_clips: 'Please give either a file or a link, not both.',
    clip_not_found:
      'I found no clip of mine among the latest messages here. Please attach one, give a link to its message, or make one with /riff.',
    link_unreadable:
      'That is no link to a message. Please choose "Copy Message Link" from the menu of the message that has the clip, or attach the file.',
    link_foreign:
      'I can only take clips from messages that you and I may both read. Please attach the file itself.',
    message_gone: 'I cannot find that message: it may have been deleted. Please attach the file itself.',
    message_without_clip:
      'I see no sound or picture in that message. Discord shows me the files of other people’s messages only where they mention me: please attach the file itself.',
    no_clip_there: 'There is no sound or picture in that message.',
    choice_forgotten:
      'I no longer know which clip this was about. Please choose it in the menu of its message again.',
    channel_unreadable:
      'I may not read the messages there. Please attach the file itself, or ask a moderator to give me View Channel and Read Message History.',
    address_forbidden:
      'I fetch files from Discord and from nowhere else. Please attach the file, or give a link to a message that has it.',
    file_too_large: `This file is larger than ${CLIP_FILE_MAX_BYTES / 2 ** 20} MB. Please cut a part out of it, or save it as MP3 or Ogg.`,
    file_gone: 'Discord no longer has that file, or its address has expired. Please attach the file itself.',
    file_unreachable: 'Discord did not hand out that file. Please try again in a minute, or attach it anew.',
    not_a_clip:
      'This file is neither a sound nor a picture that I can read. Please try WAV, MP3, Ogg or FLAC, or PNG, JPEG or WebP.',
    not_a_sound: 'This is a picture, and I need a sound. To hear a picture, use /listen.',
    not_a_picture: 'This is a sound, and I need a picture. To see a sound, use /see.',
    not_a_strength: 'The strength must be a number from 0 to 1, for example 0.55.',
    input_lost: 'I have lost the file that this was to be made of. Please send it again.',
    too_many_jobs: 'You have as many clips in the queue as one person may. Wait for one, or cancel one.',
    job_over: 'Too late: this clip is finished or was cancelled.',
    clip_too_large:
      'The finished clip is larger than what may be uploaded here. Please try it in a server or a direct message with a higher limit.',
    clip_undeliverable:
      'The clip is finished, but I was not allowed to post it here. Please ask a moderator to let me post and attach files, and try again.',
    batch_too_long:
      'Several clips at once may be three minutes together. Please ask for fewer, or for shorter ones.',
    morph_without_words:
      'Please say in words what to go from and to: I can leave that to a clip only if I made it myself.',
    morph_without_start: 'Please give the clip to start from, too, or both ends in words.',
    long_enough: 'This clip is as long as I make them: three minutes.',
    not_your_clip: 'Only the person who asked for this clip, or a moderator, can delete it.',
    not_your_job:
      'Only the person who asked for this clip, or somebody who may manage messages, can cancel it.',
  },
  queue: {
    closed: 'The bot is restarting. Please try again in a minute.',
    full: 'The queue is full. Please try again in a few minutes.',
    storage_failed:
      'Your request was not accepted, because it could not be saved: the disk may be full. ' +
      'Please try again later, or tell the bot’s operator.',
    locked: 'The bot is starting. Please try again in a minute.',
    abandoned:
      'The bot stopped several times while it made this clip, so it gave up. Please try other options, or tell its operator.',
    timed_out: 'This took too long, so I stopped. Please try a shorter clip or fewer steps.',
  },
  engine: {
    model_missing: `The model for this is not installed. ${OPERATOR}: \`npx riffcord doctor\` says what is missing.`,
    model_corrupt: `The model for this is damaged. ${OPERATOR}: \`npx riffcord doctor\` says which file.`,
    model_unsupported: `The model for this is of a kind that I do not run. ${OPERATOR}: \`npx riffcord doctor\` says more.`,
    device_unavailable: `The device that I am told to run on does not work. ${OPERATOR}: \`npx riffcord doctor\` says why.`,
    audio_unreadable: 'This audio file cannot be read. Please try a WAV, MP3, Ogg or FLAC file.',
    audio_too_long: 'This audio file is too long. Please try a shorter one.',
    audio_empty: 'This audio file has no sound in it. Please try another one.',
    image_unreadable: 'This picture cannot be read. Please try a PNG, JPEG or WebP file.',
    image_too_large:
      'This picture has too many pixels, or would sound for more than five minutes. Please try a smaller one.',
    image_not_spectrogram:
      'This picture is no spectrogram that I can use as it is. Please give it to /listen first: the picture that I then post can be used.',
    recipe_missing: 'This file does not say how it was made. Please try one that was posted by me.',
    recipe_invalid: 'I cannot read how this file was made; a newer version of me may have made it.',
    disk_full: `The disk is full. ${OPERATOR}, and try again later.`,
    io_failed: `A file could not be read or written. ${OPERATOR}, and try again later.`,
    engine_crashed: 'The engine stopped several times on this clip. Please try again with other options.',
    engine_hung: 'The engine did not answer several times on this clip. Please try again with fewer steps.',
    engine_closed: 'The bot is restarting. Please try again in a minute.',
  },
};
