import { execFileSync } from 'node:child_process';
import { writeFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { LocalDiscord } from '../discord/local-discord.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from './bot-under-test.js';
import { CLIP_MS, isClip } from './clip-checks.js';

const DISK_BYTES = 64 * 1024;
const PATIENT = { timeoutMs: CLIP_MS };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let isMounted = false;

beforeEach(async () => {
  folder = await temporaryFolder();
  isMounted = mountSmallDisk(folder.path);
});

afterEach(async () => {
  if (isMounted) execFileSync('umount', ['-l', folder.path]);
  await folder.remove();
});

describe('a full disk', () => {
  it(
    'costs one sentence while it is full, and nothing once there is room again',
    async ({ skip }) => {
      if (!isMounted) skip('only root may mount a small disk to fill');
      const discord = await LocalDiscord.start();
      const studio = discord.createGuild().createTextChannel();
      const ada = discord.createUser({ name: 'ada' });
      await deployCommands(discord);
      const environment = { ...environmentFor(discord), RIFFCORD_DATA: folder.path };
      const bot = BotUnderTest.start(folder.path, environment);
      try {
        await bot.logged('Connected to Discord.');
        const ballast = join(folder.path, 'ballast');
        fill(ballast);
        // What is left of the journal's last block takes one of these, but not two.
        const long = { prompt: '漢'.repeat(500), negative: '漢'.repeat(500), steps: 100 };
        const first = await ada.useCommand(studio, 'riff', long).response(PATIENT);
        const second = await ada.useCommand(studio, 'riff', long).response(PATIENT);
        expect(second.content).toContain('the disk may be full');

        rmSync(ballast);
        if (first.buttons.length > 0) ada.clickButton(first, 'Cancel');
        // Larger than the disk: the finished clip cannot be kept there, and is posted all the same.
        const accepted = ada.useCommand(studio, 'riff', { prompt: 'just right', steps: 1 });
        const message = await studio.waitForMessage(isClip, PATIENT);
        await discord.waitUntil('the link', () => accepted.original?.content.includes(message.id) ?? false);
        await bot.logged('A clip could not be kept on the disk.');
        await bot.logged('A job is completed.');
        expect(discord.violations).toEqual([]);
      } finally {
        await bot.stop();
        await discord.stop();
      }
    },
    2 * CLIP_MS,
  );
});

function mountSmallDisk(path: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${DISK_BYTES}`, 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes until nothing more goes in. */
function fill(path: string): void {
  try {
    for (;;) writeFileSync(path, Buffer.alloc(1024), { flag: 'a' });
  } catch (error) {
    expect((error as NodeJS.ErrnoException).code).toBe('ENOSPC');
  }
}
