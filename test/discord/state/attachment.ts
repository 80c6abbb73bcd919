/** What a download gets in place of the file. */
export interface ServedInstead {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** A file on the local Discord, with its bytes. */
export interface Attachment {
  readonly id: string;
  readonly channelId: string;
  readonly filename: string;
  readonly description?: string;
  readonly contentType?: string;
  readonly bytes: Buffer;
  readonly served?: ServedInstead;
  /** Of a voice message: its length, and its outline as base64. */
  readonly voice?: { readonly durationSeconds: number; readonly waveform: string };
  /** Pixels, where the file is a picture whose header could be read. */
  readonly dimensions?: { readonly width: number; readonly height: number };
}
