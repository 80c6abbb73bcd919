/** The bot's commands and buttons, put together. */
import type { Client } from 'discord.js';

import { CancelButton } from '../commands/cancel-button.js';
import { ClipInput } from '../commands/clip-input.js';
import type { ClipJob } from '../commands/clip-job.js';
import type { InputStore } from '../commands/input-store.js';
import { JobIntake } from '../commands/job-intake.js';
import { ListenCommand } from '../commands/listen.js';
import { Registry } from '../commands/registry.js';
import { RemixCommand } from '../commands/remix.js';
import { RiffCommand } from '../commands/riff.js';
import { SeeCommand } from '../commands/see.js';
import { AgainButton, VaryButton } from '../commands/variation-button.js';
import type { BotConfig, DiscordConfig } from '../config.js';
import { fileKind } from '../engine/files/file-kind.js';
import { readRecipe } from '../engine/files/read-recipe.js';
import type { JobQueue } from '../queue/job-queue.js';
import { CDN_ORIGINS, CdnAttachmentSource } from './cdn-attachment-source.js';
import { DiscordClipFinder } from './discord-clip-finder.js';
import { mayRead } from './read-access.js';

export interface ComposeCommandsOptions {
  readonly client: Client;
  readonly queue: JobQueue<ClipJob>;
  readonly inputs: InputStore;
  readonly samplePrompts: readonly string[];
  readonly config: BotConfig;
}

export function composeCommands(options: ComposeCommandsOptions): Registry {
  const { client, queue, inputs, samplePrompts, config } = options;
  const intake = new JobIntake({ queue, inputs, maxPerUser: config.maxPerUser });
  const finder = new DiscordClipFinder({ rest: client.rest, mayRead: (...who) => mayRead(client, ...who) });
  const source = attachmentSource(config.discord);
  const input = new ClipInput({ finder, source, store: inputs, kindOf: fileKind });
  const variation = { intake, source, store: inputs, readRecipe };
  return new Registry(
    [
      new RiffCommand({ intake, samplePrompts }),
      new RemixCommand({ intake, input, samplePrompts }),
      new ListenCommand({ intake, input }),
      new SeeCommand({ intake, input }),
    ],
    [new CancelButton(queue), new AgainButton(variation), new VaryButton(variation)],
  );
}

function attachmentSource({ cdnUrl }: DiscordConfig): CdnAttachmentSource {
  return new CdnAttachmentSource({ origins: cdnUrl === undefined ? CDN_ORIGINS : [new URL(cdnUrl).origin] });
}
