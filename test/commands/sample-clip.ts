import type { GeneratedClip } from '../../src/engine/music-engine.js';
import type { Recipe } from '../../src/engine/recipe/recipe.js';

export function sampleRecipe({ prompt = 'funk bassline', negativePrompt = '' } = {}): Recipe {
  return {
    format: 'riffcord-recipe',
    version: 1,
    engine: '0',
    model: { name: 'riffcord-small', version: '1', sha256: '0'.repeat(64) },
    prompt,
    negativePrompt,
    seed: 7,
    numInferenceSteps: 16,
    guidanceScale: 4,
    scheduler: 'euler',
    width: 512,
  };
}

/** A finished clip whose files are a few bytes. */
export function sampleClip(texts: Parameters<typeof sampleRecipe>[0] = {}): GeneratedClip {
  return {
    recipe: sampleRecipe(texts),
    picture: new Uint8Array(3),
    isPromptTruncated: false,
    loops: true,
    audio: {
      format: 'mp3',
      bytes: new Uint8Array(4),
      sampleRate: 44100,
      numberOfChannels: 1,
      durationSeconds: 5.12,
    },
  };
}
