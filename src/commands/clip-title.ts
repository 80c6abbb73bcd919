import type { ClipWork } from './clip-job.js';

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

/** The same of a job; of what has no words, the name of its file. */
export function jobTitle(work: ClipWork, shown: (text: string) => string): string {
  if ('request' in work) return clipTitle(work.request, shown);
  return shown('title' in work ? work.title : work.input.name);
}
