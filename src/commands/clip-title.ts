/** What a clip is called: its words, or where it comes from and goes to. */
export interface TitledClip {
  readonly prompt: string;
  readonly end?: { readonly prompt: string } | undefined;
}

/** @param shown - What becomes of each of the prompts. */
export function clipTitle({ prompt, end }: TitledClip, shown: (text: string) => string): string {
  if (end === undefined || end.prompt === prompt) return shown(prompt);
  return `${shown(prompt)} → ${shown(end.prompt)}`;
}
