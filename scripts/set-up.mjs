// Makes a checkout runnable: installs what is missing and compiles what has changed. Does nothing when both are done.
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
const run = (...args) => execFileSync(npm, args, { stdio: ['ignore', 'inherit', 'inherit'] });
const modifiedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

if (modifiedAt('node_modules/.package-lock.json') < modifiedAt('package-lock.json')) {
  console.error('Installing dependencies (once; about half a minute) ...');
  run('ci', '--no-audit', '--no-fund');
} else {
  run('run', '--silent', 'build');
}
