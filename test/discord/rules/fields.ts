import { z } from 'zod';

/** The length of a text as Discord counts it: in code points. */
export function lengthOf(text: string): number {
  return [...text].length;
}

/** A text of at least `min` and at most `max` code points. */
export function text(min: number, max: number): z.ZodType<string> {
  return z.string().refine((value) => lengthOf(value) >= min && lengthOf(value) <= max, {
    error: `Must be between ${min} and ${max} in length.`,
    params: { code: 'BASE_TYPE_BAD_LENGTH' },
  });
}

export const snowflake = z.string().regex(/^\d{1,20}$/, 'Value is not snowflake.');

/** A web address, or `attachment://name` for a file of the same message. */
export const mediaUrl = z.string().regex(/^(https?|attachment):\/\/\S+$/, 'Not a well formed URL.');

export const webUrl = z.string().regex(/^https?:\/\/\S+$/, 'Not a well formed URL.');
