import { spawnSync } from 'node:child_process';
import { arch, cpus, freemem, platform, release, totalmem } from 'node:os';

import type { Check } from './check.js';

const NODE_MIN = [20, 19] as const;
const GIB = 2 ** 30;

export function checkNode(version: string = process.versions.node): Check {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNewEnough = major > NODE_MIN[0] || (major === NODE_MIN[0] && minor >= NODE_MIN[1]);
  return {
    name: 'Node.js',
    status: isNewEnough ? 'ok' : 'broken',
    found: version,
    ...(!isNewEnough && {
      advice: `Install Node.js ${NODE_MIN.join('.')} or newer from https://nodejs.org.`,
    }),
    isNeeded: true,
  };
}

export function checkMachine(): Check {
  const processors = cpus();
  const model = processors[0]?.model.trim() ?? '';
  const cores = `${processors.length} x ${model === '' ? 'processor' : model}`;
  const memory = `${(totalmem() / GIB).toFixed(1)} GiB of memory, ${(freemem() / GIB).toFixed(1)} free`;
  return {
    name: 'Machine',
    status: 'ok',
    found: `${platform()} ${release()} ${arch()}, ${cores}, ${memory}`,
    isNeeded: false,
  };
}

export function checkFfmpeg(): Check {
  const { stdout, status } = spawnSync('ffmpeg', ['-version'], { encoding: 'utf8', timeout: 5000 });
  const version = /^ffmpeg version (\S+)/.exec(stdout ?? '')?.[1];
  const isThere = status === 0 && version !== undefined;
  return {
    name: 'ffmpeg',
    status: isThere ? 'ok' : 'off',
    found: isThere ? version : 'not installed, and not needed: WAV, MP3, Ogg and FLAC are read without it',
    isNeeded: false,
  };
}
