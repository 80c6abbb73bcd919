import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { EngineConfig } from '../config.js';
import type { EngineSettings } from '../engine/process/protocol.js';

/** What the engine is told: the project's own models first, then those of the folder that was set. */
export function engineSettings({
  modelsFolder,
  defaultModel,
  threads,
  device,
  precision,
}: EngineConfig): EngineSettings {
  const own = join(projectFolder(), 'models');
  return {
    modelRoots: modelsFolder === undefined ? [own] : [own, modelsFolder],
    ...(defaultModel !== undefined && { defaultModel }),
    device,
    precision,
    ...(threads !== undefined && { intraOpNumThreads: threads }),
  };
}

/** The folder of package.json, be this file compiled or not. */
function projectFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && folder !== dirname(folder)) folder = dirname(folder);
  return folder;
}
