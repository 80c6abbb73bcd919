/** A model's `defaults.json`. */
import { z } from 'zod';

import { SCHEDULERS } from '../limits.js';

export const modelDefaultsSchema = z.object({
  numInferenceSteps: z.int().min(1),
  guidanceScale: z.number().min(1),
  scheduler: z.enum(SCHEDULERS),
  samplePrompts: z.array(z.string()).default([]),
});

export type ModelDefaults = z.infer<typeof modelDefaultsSchema>;

/** For checkpoints without such a file. The guidance is riffusion's; its schedulers took twice as many steps. */
export const STABLE_DIFFUSION_DEFAULTS: ModelDefaults = {
  numInferenceSteps: 25,
  guidanceScale: 7,
  scheduler: 'dpmpp-2m',
  samplePrompts: [],
};
