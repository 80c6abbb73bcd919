import type { Device } from '../engine/limits.js';
import type { MusicEngine } from '../engine/music-engine.js';
import type { SoundWorkshop } from '../engine/workshop/sound-workshop.js';

/** What the command line is given to work with. */
export interface CliParts {
  /** The caller disposes of it. @throws CliError `usage` when a setting is wrong */
  createEngine(): MusicEngine;
  /** The caller disposes of it. */
  createWorkshop(): SoundWorkshop;
  /** Folders that hold model folders. @throws CliError `usage` when a setting is wrong */
  modelRoots(): readonly string[];
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
