import type { z } from 'zod';

/** What is wrong with one parameter of a request, for programs that say so in words of their own. */
export type RequestFault = ParameterFault | LimitFault;

interface ParameterFault {
  /** As `GenerationRequest` names it; that of the end is `end.prompt`. */
  readonly parameter: string;
  readonly problem: 'empty' | 'not_a_number';
}

interface LimitFault {
  readonly parameter: string;
  /** Of a text too long, of a number the others. */
  readonly problem: 'too_long' | 'too_small' | 'too_large';
  /** The most characters, the least or the largest number. */
  readonly limit: number;
}

/** Undefined for what is none of these. */
export function requestFault(issue: z.core.$ZodIssue): RequestFault | undefined {
  const parameter = issue.path.join('.');
  if (issue.code === 'invalid_type') {
    return isNumeric(issue.expected) ? { parameter, problem: 'not_a_number' } : undefined;
  }
  if (issue.code === 'too_small') {
    if (issue.origin === 'string') return { parameter, problem: 'empty' };
    const limit = Number(issue.minimum);
    return isNumeric(issue.origin) ? { parameter, problem: 'too_small', limit } : undefined;
  }
  if (issue.code !== 'too_big') return undefined;
  const limit = Number(issue.maximum);
  if (issue.origin === 'string') return { parameter, problem: 'too_long', limit };
  return isNumeric(issue.origin) ? { parameter, problem: 'too_large', limit } : undefined;
}

function isNumeric(type: string): boolean {
  return type === 'number' || type === 'int';
}
