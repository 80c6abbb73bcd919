import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { ENGINE_VERSION } from '../../src/engine/version.js';

it('the engine’s version is the package’s', () => {
  const json = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  expect((JSON.parse(json) as { version: string }).version).toBe(ENGINE_VERSION);
});
