/** What `/riff` and `/remix` have in common: reading a request from options, and offering prompts. */
import { randomInt } from 'node:crypto';
import type { ChatInputCommandInteraction } from 'discord.js';

import { parseGenerationRequest } from '../engine/generation-request.js';
import type { GenerationRequest } from '../engine/generation-request.js';
import { SEED_MAX } from '../engine/limits.js';
import type { OptionChoice } from './command.js';
import type { GenerationOptionName } from './payloads/generation-options.js';

const MAX_CHOICES = 25; // Discord's limits
const MAX_CHOICE_LENGTH = 100;

/**
 * @param more - Fields beside those that all commands have.
 * @throws EngineError `invalid_request`
 */
export function readRequest(
  { options }: ChatInputCommandInteraction,
  more: Readonly<Record<string, unknown>> = {},
): GenerationRequest {
  const value = (name: GenerationOptionName) => options.get(name)?.value;
  return parseGenerationRequest({
    prompt: value('prompt'),
    negativePrompt: value('negative'),
    bpm: value('bpm'),
    seed: value('seed') ?? randomInt(SEED_MAX + 1),
    numInferenceSteps: value('steps'),
    guidanceScale: value('guidance'),
    scheduler: value('scheduler'),
    audioFormat: value('format'),
    ...more,
  });
}

/** Those prompts that contain what has been typed. */
export function promptChoices(prompts: readonly string[], typed: string): OptionChoice[] {
  const wanted = typed.trim().toLowerCase();
  return prompts
    .filter((prompt) => prompt.length <= MAX_CHOICE_LENGTH && prompt.toLowerCase().includes(wanted))
    .slice(0, MAX_CHOICES)
    .map((prompt) => ({ name: prompt, value: prompt }));
}
