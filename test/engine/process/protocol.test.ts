import { deserialize, serialize } from 'node:v8';

import { describe, expect, it } from 'vitest';

import { parseFromChild, parseToChild } from '../../../src/engine/process/protocol.js';
import { aRequest } from '../tiny-model.js';

const recipe = {
  format: 'riffcord-recipe',
  version: 1,
  engine: '0.1.0',
  model: { name: 'm', version: '1', sha256: 'a'.repeat(64) },
  prompt: 'p',
  negativePrompt: '',
  seed: 1,
  numInferenceSteps: 2,
  guidanceScale: 3,
  scheduler: 'euler',
  width: 512,
};

describe('protocol', () => {
  it.each([
    {
      type: 'start',
      settings: { modelRoots: ['/a'], intraOpNumThreads: 1, device: 'auto', crashedProviders: ['cuda'] },
    },
    { type: 'generate', id: 1, request: aRequest(), previewIntervalMs: 500 },
    { type: 'models', id: 2 },
    { type: 'cancel', id: 1 },
  ])('the message $type to the child survives the journey', (message) => {
    expect(parseToChild(deserialize(serialize(message)))).toEqual(message);
  });

  it.each([
    {
      type: 'progress',
      id: 1,
      progress: {
        stage: 'denoising',
        step: 1,
        numInferenceSteps: 4,
        fraction: 0.2,
        preview: Uint8Array.of(1, 2),
      },
    },
    {
      type: 'generated',
      id: 1,
      clip: {
        recipe,
        picture: Uint8Array.of(1),
        audio: {
          format: 'wav',
          bytes: Uint8Array.of(2),
          sampleRate: 44100,
          numberOfChannels: 1,
          durationSeconds: 5.12,
        },
        isPromptTruncated: true,
        loops: false,
      },
    },
    {
      type: 'models',
      id: 1,
      models: [
        {
          name: 'm',
          version: '1',
          sha256: 'a',
          defaults: { numInferenceSteps: 4, guidanceScale: 2, scheduler: 'heun' },
          samplePrompts: ['x'],
        },
      ],
    },
    { type: 'failed', id: 1, failure: { kind: 'cancelled' } },
    {
      type: 'execution',
      plan: { executionProvider: 'cuda', target: 'gpu', precision: 'float32', sentence: 'x' },
    },
    { type: 'log', line: 'x' },
  ])('the message $type from the child survives the journey', (message) => {
    expect(parseFromChild(deserialize(serialize(message)))).toEqual(message);
  });

  it.each([
    undefined,
    null,
    'generate',
    {},
    { type: 'explode' },
    { type: 'cancel' },
    { type: 'cancel', id: '1' },
    { type: 'generate', id: 1, request: null },
    { type: 'start', settings: { modelRoots: '/a' } },
  ])('%j to the child is refused', (message) => {
    expect(() => parseToChild(message)).toThrow();
  });

  it.each([
    undefined,
    { type: 'generated', id: 1, clip: {} },
    {
      type: 'progress',
      id: 1,
      progress: { stage: 'denoising', step: 1, numInferenceSteps: 4, fraction: 1.5 },
    },
    { type: 'failed', id: 1, failure: { kind: 'engine' } },
  ])('%j from the child is refused', (message) => {
    expect(() => parseFromChild(message)).toThrow();
  });
});
