import type { Device } from '../engine/limits.js';
import type { MusicEngine } from '../engine/music-engine.js';
import type { ModelStore } from '../engine/runtime/model-store.js';
import type { SoundWorkshop } from '../engine/workshop/sound-workshop.js';
import type { HubClient } from '../hub/hub-client.js';

/** What the command line is given to work with. */
export interface CliParts {
  /** The caller disposes of it. @throws CliError `usage` when a setting is wrong */
  createEngine(): MusicEngine;
  /** The caller disposes of it. */
  createWorkshop(): SoundWorkshop;
  /** Folders that hold model folders; models are added to the last. @throws CliError `usage` when a setting is wrong */
  modelRoots(): readonly string[];
  /** @throws CliError `usage` when a setting is wrong */
  createModelStore(): ModelStore;
  /** @throws CliError `usage` when a setting is wrong */
  createHubClient(): HubClient;
  /** What networks run on. @throws CliError `usage` when a setting is wrong */
  device(): Device;
  botSettings(): BotSettings;
}

/** How the bot would find its settings; the token itself stays where it is. */
export interface BotSettings {
  readonly hasToken: boolean;
  /** Undefined when a setting is wrong. */
  readonly dataFolder?: string;
  /** What is wrong, in a sentence. */
  readonly fault?: string;
}
