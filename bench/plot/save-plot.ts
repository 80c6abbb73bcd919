import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const FOLDER = new URL('../../docs/sound/', import.meta.url);

/** Writes a file into docs/sound and says so. */
export function savePlot(name: string, content: string | Uint8Array): void {
  mkdirSync(fileURLToPath(FOLDER), { recursive: true });
  writeFileSync(new URL(name, FOLDER), content);
  console.log(`\nWrote docs/sound/${name}.`);
}
