import type { z } from 'zod';
import { ApiError } from './api-error.js';
import type { FormErrorTree } from './api-error.js';

type Path = readonly PropertyKey[];

/** Collects what is wrong with a request's body, field by field, for one answer with code 50035. */
export class FormProblems {
  readonly #tree: FormErrorTree = {};
  readonly #sentences: string[] = [];

  add(path: Path, code: string, message: string): void {
    let node = this.#tree;
    for (const key of path) {
      const next = node[String(key)];
      node = next === undefined || Array.isArray(next) ? (node[String(key)] = {}) : next;
    }
    const listed = Array.isArray(node['_errors']) ? node['_errors'] : [];
    node['_errors'] = [...listed, { code, message }];
    this.#sentences.push(`${path.map(String).join('.')}: ${message}`);
  }

  /** @throws ApiError 50035 if anything was added */
  throwIfAny(): void {
    if (this.#sentences.length === 0) return;
    throw new ApiError({
      status: 400,
      code: 50035,
      message: `Invalid Form Body (${this.#sentences.join('; ')})`,
      errors: this.#tree,
    });
  }
}

/** @throws ApiError 50035 for one field */
export function refuseField(path: Path, code: string, message: string): never {
  const problems = new FormProblems();
  problems.add(path, code, message);
  problems.throwIfAny();
  throw new Error('unreachable');
}

/**
 * Checks a body against its form.
 *
 * @throws ApiError 50035 with every problem found
 */
export function parseForm<Form>(schema: z.ZodType<Form>, body: unknown): Form {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const problems = new FormProblems();
  for (const issue of result.error.issues) problems.add(issue.path, problemCode(issue), issue.message);
  problems.throwIfAny();
  throw new Error('unreachable');
}

function problemCode(issue: z.core.$ZodIssue): string {
  if (issue.code === 'custom') return String(issue.params?.['code'] ?? 'BASE_TYPE_INVALID');
  if (issue.code === 'too_big' || issue.code === 'too_small') return 'BASE_TYPE_BAD_LENGTH';
  if (issue.code === 'invalid_union') return 'UNION_TYPE_CHOICES';
  return issue.input === undefined ? 'BASE_TYPE_REQUIRED' : 'BASE_TYPE_INVALID';
}
