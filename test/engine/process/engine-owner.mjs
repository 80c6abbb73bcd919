/** A program that owns an engine, is in the middle of a clip, and tells its parent the engine's process id. */
import { EngineProcess, parseGenerationRequest } from '../../../dist/src/engine/index.js';
import { fileURLToPath } from 'node:url';

const modelRoots = [fileURLToPath(new URL('../../fixtures/tiny-model', import.meta.url))];
const engine = new EngineProcess({ settings: { modelRoots } });
const request = parseGenerationRequest({ prompt: 'funk', seed: 1, numInferenceSteps: 100 });
engine
  .generate(request, {
    previewIntervalMs: 0,
    onProgress: ({ step }) => step === 2 && process.send(engine.pid),
  })
  .catch(() => {});
