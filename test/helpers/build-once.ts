import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Compiles `assembly/` and `src/` to `dist/`, because tests that spawn the bot, the engine or the CLI run what users run. */
export default function buildOnce(): void {
  const root = fileURLToPath(new URL('../../', import.meta.url));
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
}
