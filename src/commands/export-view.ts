/** Clips in other forms, as people see them. */
import type { ExportedSound } from '../engine/files/export-clip.js';
import type { JobOf } from './clip-job.js';
import { askedBy, AUDIO_TYPES, duration, EMBED_COLOR, madeFrom, postPhrases } from './clip-parts.js';
import type { Phrases } from './language/phrases.js';
import type { MessageView } from './message-view.js';
import { fileStem, plainText } from './plain-text.js';

/** The same loop several times, in one sound. */
export function rounds(data: JobOf<'rounds'>, sound: ExportedSound): MessageView {
  const phrases = postPhrases(data);
  const note = phrases.forms.rounds(data.rounds);
  const embed = {
    color: EMBED_COLOR,
    description: `**${plainText(data.title)}**\n${note}`,
    fields: [duration(sound.durationSeconds, phrases), askedBy(data, phrases), madeFrom(data.input, phrases)],
  };
  const name = `${fileStem(data.title, 'riff')}-loop.${sound.format}`;
  const file = { name, contentType: AUDIO_TYPES[sound.format], bytes: sound.bytes };
  return { content: '', embeds: [embed], components: [], files: [file] };
}

/** A message that is spoken rather than written: it can have neither words nor buttons. */
export function voiceMessage({ title }: JobOf<'voice-message'>, sound: ExportedSound): MessageView {
  const { format, bytes, durationSeconds } = sound;
  const waveform = Buffer.from(sound.waveform).toString('base64');
  const file = {
    name: `${fileStem(title, 'riff')}.${format}`,
    contentType: AUDIO_TYPES[format],
    bytes,
    voice: { durationSeconds, waveform },
  };
  return { content: '', files: [file] };
}

/** A file for a guild's sound board, and what to do with it. */
export function soundboard(title: string, sound: ExportedSound, { forms }: Phrases): MessageView {
  const name = `${fileStem(title, 'riff')}-soundboard.${sound.format}`;
  const file = { name, contentType: AUDIO_TYPES[sound.format], bytes: sound.bytes };
  return { content: forms.soundboard, files: [file] };
}
