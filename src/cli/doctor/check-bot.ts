import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';

import type { BotSettings } from '../cli-parts.js';
import type { Check } from './check.js';

/** What the bot needs beyond what the command line needs. The token is never shown. */
export async function checkBot({ hasToken, dataFolder, fault }: BotSettings): Promise<Check[]> {
  const checks = [checkToken(hasToken)];
  if (fault !== undefined) {
    checks.push({
      name: 'Settings',
      status: 'broken',
      found: 'not understood',
      advice: fault,
      isNeeded: false,
    });
  }
  if (dataFolder !== undefined) checks.push(await checkDataFolder(resolve(dataFolder)));
  return checks;
}

function checkToken(hasToken: boolean): Check {
  const name = 'Bot token';
  if (hasToken) return { name, status: 'ok', found: 'set', isNeeded: false };
  const advice = 'Only the bot needs it: copy .env.example to .env and put DISCORD_TOKEN there.';
  return { name, status: 'missing', found: 'not set', advice, isNeeded: false };
}

async function checkDataFolder(folder: string): Promise<Check> {
  const name = 'Data folder';
  try {
    await access(await nearestExisting(folder), constants.W_OK);
    return { name, status: 'ok', found: `${folder} can be written to`, isNeeded: false };
  } catch {
    const advice = 'Choose another with RIFFCORD_DATA, or let this account write there.';
    return { name, status: 'broken', found: `${folder} cannot be written to`, advice, isNeeded: false };
  }
}

/** The folder itself, or the one that it would be made in. */
async function nearestExisting(folder: string): Promise<string> {
  for (let path = folder; ; path = dirname(path)) {
    const isThere = await access(path).then(
      () => true,
      () => false,
    );
    if (isThere || path === dirname(path)) return path;
  }
}
