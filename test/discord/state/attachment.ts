/** A file on the local Discord, with its bytes. */
export interface Attachment {
  readonly id: string;
  readonly channelId: string;
  readonly filename: string;
  readonly description?: string;
  readonly contentType?: string;
  readonly bytes: Buffer;
  /** Of a voice message: its length, and its outline as base64. */
  readonly voice?: { readonly durationSeconds: number; readonly waveform: string };
  /** Pixels, where the file is a picture whose header could be read. */
  readonly dimensions?: { readonly width: number; readonly height: number };
}
