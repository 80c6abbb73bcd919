import { describe, expect, it } from 'vitest';

import { CLIP_MS } from './clip-checks.js';
import { runFuzz } from './fuzz/fuzz-run.js';

describe('a bot among hostile people', () => {
  it(
    'answers each by a sentence, asks nobody but Discord for files, and lives on in bounded memory',
    async () => {
      const report = await runFuzz({ cases: 150, people: 4 });
      expect(report.unanswered).toEqual([]);
      expect(report.incidents).toEqual([]);
      expect(report.violations).toEqual([]);
      expect(report).toMatchObject({ foreignRequests: 0, exited: false });
      const { before, most } = report.memory.both;
      expect(most - before).toBeLessThanOrEqual(256);
    },
    4 * CLIP_MS,
  );
});
