/** The bot's commands and buttons, put together. */
import type { Client } from 'discord.js';

import { AgainButton } from '../commands/buttons/again.js';
import { DeleteButton } from '../commands/buttons/delete.js';
import { LongerButton } from '../commands/buttons/longer.js';
import { LoopButton } from '../commands/buttons/loop.js';
import { PostedClips } from '../commands/buttons/posted-clip.js';
import { RecipeButton } from '../commands/buttons/recipe.js';
import { RemixButton, RemixModal } from '../commands/buttons/remix.js';
import { SoundboardButton } from '../commands/buttons/soundboard.js';
import { VaryButton } from '../commands/buttons/vary.js';
import { VoiceMessageButton } from '../commands/buttons/voice-message.js';
import { AboutCommand } from '../commands/about.js';
import { CancelButton } from '../commands/cancel-button.js';
import { ClipInput } from '../commands/clip-input.js';
import type { ClipJob } from '../commands/clip-job.js';
import { HelpCommand } from '../commands/help.js';
import type { InputStore } from '../commands/input-store.js';
import { JobIntake } from '../commands/job-intake.js';
import { ListenCommand } from '../commands/listen.js';
import { MorphCommand } from '../commands/morph.js';
import { payloads } from '../commands/payloads/index.js';
import { Registry } from '../commands/registry.js';
import { RemixCommand } from '../commands/remix.js';
import { RiffCommand } from '../commands/riff.js';
import { SeeCommand } from '../commands/see.js';
import { DEFAULT_GUILD_SETTINGS } from '../commands/settings/guild-settings.js';
import type { BotConfig, DiscordConfig } from '../config.js';
import { fileKind } from '../engine/files/file-kind.js';
import { readRecipe } from '../engine/files/read-recipe.js';
import type { ModelDescription } from '../engine/music-engine.js';
import { ENGINE_VERSION } from '../engine/version.js';
import type { SoundWorkshop } from '../engine/workshop/sound-workshop.js';
import type { JobQueue } from '../queue/job-queue.js';
import { CDN_ORIGINS, CdnAttachmentSource } from './cdn-attachment-source.js';
import { DiscordClipFinder } from './discord-clip-finder.js';
import { mayRead } from './read-access.js';

export interface ComposeCommandsOptions {
  readonly client: Client;
  readonly queue: JobQueue<ClipJob>;
  readonly inputs: InputStore;
  readonly workshop: SoundWorkshop;
  readonly samplePrompts: readonly string[];
  readonly models: () => Promise<readonly ModelDescription[]>;
  readonly config: BotConfig;
}

export function composeCommands(options: ComposeCommandsOptions): Registry {
  const { client, queue, inputs, workshop, samplePrompts, models, config } = options;
  const intake = new JobIntake({ queue, inputs, maxPerUser: config.maxPerUser });
  const finder = new DiscordClipFinder({ rest: client.rest, mayRead: (...who) => mayRead(client, ...who) });
  const source = attachmentSource(config.discord);
  const input = new ClipInput({ finder, source, store: inputs, kindOf: fileKind });
  const clips = new PostedClips({ source, store: inputs, readRecipe });
  const settings = { read: () => DEFAULT_GUILD_SETTINGS };
  return new Registry({
    commands: [
      new RiffCommand({ intake, samplePrompts }),
      new RemixCommand({ intake, input, samplePrompts }),
      new MorphCommand({ intake, input, store: inputs, readRecipe, samplePrompts }),
      new ListenCommand({ intake, input }),
      new SeeCommand({ intake, input }),
      new HelpCommand({ payloads, samplePrompts }),
      new AboutCommand({ models, version: ENGINE_VERSION }),
    ],
    buttons: [
      new CancelButton(queue),
      new AgainButton({ intake, clips, input }),
      new VaryButton({ intake, clips }),
      new RemixButton(),
      new LongerButton({ intake, clips }),
      new LoopButton({ intake, clips }),
      new VoiceMessageButton({ intake, clips }),
      new SoundboardButton({ clips, exportClip: (...what) => workshop.exportClip(...what) }),
      new RecipeButton(clips),
      new DeleteButton(settings),
    ],
    modals: [new RemixModal({ intake, clips })],
  });
}

function attachmentSource({ cdnUrl }: DiscordConfig): CdnAttachmentSource {
  return new CdnAttachmentSource({ origins: cdnUrl === undefined ? CDN_ORIGINS : [new URL(cdnUrl).origin] });
}
