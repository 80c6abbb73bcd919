// Compiles what has changed: assembly/ to a WebAssembly file beside the code that loads it, then TypeScript to dist/.
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

const KERNELS = 'src/engine/simd/kernels.wasm';
const COMPILED_KERNELS = `dist/${KERNELS}`;

const run = (script, ...args) =>
  execFileSync(process.execPath, [`node_modules/${script}`, ...args], {
    stdio: ['ignore', 'inherit', 'inherit'],
  });
const modifiedAt = (path) => (existsSync(path) ? statSync(path).mtimeMs : 0);

const sources = ['asconfig.json', ...readdirSync('assembly').map((name) => `assembly/${name}`)];
if (Math.max(...sources.map(modifiedAt)) > modifiedAt(KERNELS)) {
  run('assemblyscript/bin/asc.js', '--config', 'asconfig.json', '--target', 'release');
}
run('typescript/bin/tsc', '-p', 'tsconfig.build.json');
mkdirSync(dirname(COMPILED_KERNELS), { recursive: true });
copyFileSync(KERNELS, COMPILED_KERNELS);
