import type { APIEmbed, APIMessageTopLevelComponent } from 'discord.js';

export interface MessageFile {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
  /** Text for those who cannot see or hear it, at most 1024 characters. */
  readonly description?: string;
  /** Of a voice message, which is a message that has such a file and nothing else. */
  readonly voice?: VoiceFacts;
}

/** What players show of a voice message before they have it. */
export interface VoiceFacts {
  readonly durationSeconds: number;
  /** Outline, base64: one byte a point, at most 256. */
  readonly waveform: string;
}

/** What a message shows, however it is sent. Nobody is ever pinged by one. */
export interface MessageView {
  readonly content: string;
  readonly embeds?: readonly APIEmbed[];
  readonly components?: readonly APIMessageTopLevelComponent[];
  /** Undefined leaves the files of an edited message as they are; an empty list removes them. */
  readonly files?: readonly MessageFile[];
}
