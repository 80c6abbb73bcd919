/** Clips that somebody was promised. */
export interface Usage {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly userId: string;
  /** Null in direct messages. */
  readonly guildId: string | null;
  readonly clips: number;
}

export const USAGE_WINDOW_MS = 60 * 60 * 1000;

/** Remembers for an hour who was promised how many clips, over restarts. A crash may cost the last moments of it. */
export interface UsageLog {
  /** Of the last hour, oldest first. */
  recent(): readonly Usage[];
  note(usage: Omit<Usage, 'at'>): Usage;
  /** For a clip that was refused after all. */
  takeBack(usage: Usage): void;
}
