import { cp, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Check } from '../../src/cli/doctor/check.js';
import { checkNode } from '../../src/cli/doctor/check-machine.js';
import { checkModels } from '../../src/cli/doctor/check-models.js';
import { inFolder, onlyObject, runCli, TINY_MODELS } from './run-cli.js';

interface DoctorResult {
  readonly ok: boolean;
  readonly checks: readonly Check[];
}

describe('riffcord doctor', () => {
  it('says what is there, starts the processor’s execution provider, and never shows the token', () =>
    inFolder(async (cwd) => {
      const secret = 'MTIz.very.secret';
      const result = await runCli(['doctor', '--json'], { cwd, env: { DISCORD_TOKEN: secret } });
      expect(result).toMatchObject({ code: 0, stderr: '' });
      expect(result.stdout).not.toContain(secret);
      const { ok, checks } = onlyObject<DoctorResult>(result.stdout);
      expect(ok).toBe(true);
      const find = (name: string): Check | undefined => checks.find((check) => check.name === name);
      expect(find('Node.js')).toMatchObject({ status: 'ok', found: process.versions.node });
      expect(find('ONNX Runtime')).toMatchObject({
        status: 'ok',
        found: expect.stringMatching(/^\d+\.\d+\./) as string,
      });
      expect(find('cpu')).toMatchObject({ status: 'ok', found: 'works (the processor)' });
      expect(find('Bot token')).toMatchObject({ status: 'ok', found: 'set' });
      expect(find('Data folder')).toMatchObject({ status: 'ok' });
      const models = checks.filter((check) => check.name === 'Model').map((check) => check.found);
      expect(models).toContainEqual(expect.stringMatching(/^riffcord-tiny .*all files as they should be$/));
    }));

  it('shows people a line each, and what to do about what is wrong', () =>
    inFolder(async (cwd) => {
      await writeFile(join(cwd, '.env'), 'RIFFCORD_MAX_WAITING=many\n');
      const { code, stdout, stderr } = await runCli(['doctor'], { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^ok +Node\.js +\d+/m);
      expect(stdout).toMatch(/^MISSING +Bot token +not set\n +-> Only the bot needs it: /m);
      expect(stdout).toMatch(/^BROKEN +Settings .*\n +-> RIFFCORD_MAX_WAITING must be a whole number/m);
      expect(stdout).toMatch(/^Everything that a clip needs is here\.$/m);
    }));
});

describe('the doctor’s checks', () => {
  it.each([
    ['20.18.3', 'broken'],
    ['18.20.0', 'broken'],
    ['20.19.0', 'ok'],
    ['22.0.0', 'ok'],
    ['24.1.0', 'ok'],
  ])('call Node.js %s %s', (version, status) => {
    expect(checkNode(version).status).toBe(status);
  });

  it('find a truncated model and a folder without one', () =>
    inFolder(async (cwd) => {
      await cp(TINY_MODELS, join(cwd, 'models'), { recursive: true });
      await truncate(join(cwd, 'models', 'riffcord-tiny', 'vae_decoder', 'model.onnx'), 10);
      const checks = await checkModels([join(cwd, 'models')]);
      const damaged = checks.find(({ found }) => found.endsWith('riffcord-tiny'));
      expect(damaged).toMatchObject({ status: 'broken', isNeeded: true });
      expect(damaged?.advice).toMatch(/vae_decoder\/model\.onnx is damaged: it has 10 bytes/);
      expect(await checkModels([join(cwd, 'none')])).toMatchObject([{ name: 'Model', status: 'missing' }]);
    }));
});
