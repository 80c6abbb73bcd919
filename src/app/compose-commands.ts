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
import { ForgetMeCommand } from '../commands/forget-me.js';
import { HelpCommand } from '../commands/help.js';
import type { InputStore } from '../commands/input-store.js';
import { JobIntake } from '../commands/job-intake.js';
import { ListenCommand } from '../commands/listen.js';
import type { ChosenClips } from '../commands/menus/chosen-clips.js';
import { HearMenu } from '../commands/menus/hear-menu.js';
import { MorphMenu } from '../commands/menus/morph-menu.js';
import { RecipeMenu } from '../commands/menus/recipe-menu.js';
import { RemixMenu, RemixMessageForm } from '../commands/menus/remix-menu.js';
import { MorphCommand } from '../commands/morph.js';
import { payloads } from '../commands/payloads/index.js';
import { RemixByReply } from '../commands/mention/remix-by-reply.js';
import type { PersonalRecords } from '../commands/personal-records.js';
import { CancelCommand } from '../commands/queueing/cancel-command.js';
import { CancelListedButton, QueueCommand } from '../commands/queueing/queue-command.js';
import { Registry } from '../commands/registry.js';
import { RemixCommand } from '../commands/remix.js';
import { RiffCommand } from '../commands/riff.js';
import { SeeCommand } from '../commands/see.js';
import { SettingsCommand } from '../commands/settings/settings-command.js';
import type { BotConfig, DiscordConfig } from '../config.js';
import { fileKind } from '../engine/files/file-kind.js';
import { readRecipe } from '../engine/files/read-recipe.js';
import type { ModelDescription } from '../engine/music-engine.js';
import { ENGINE_VERSION } from '../engine/version.js';
import type { SoundWorkshop } from '../engine/workshop/sound-workshop.js';
import type { Logger } from '../logger.js';
import type { JobQueue } from '../queue/job-queue.js';
import { CDN_ORIGINS, CdnAttachmentSource } from './cdn-attachment-source.js';
import type { Rules } from './compose-rules.js';
import { DiscordClipFinder } from './discord-clip-finder.js';
import { mayRead } from './read-access.js';

export interface ComposeCommandsOptions {
  readonly client: Client;
  readonly queue: JobQueue<ClipJob>;
  readonly inputs: InputStore;
  readonly workshop: SoundWorkshop;
  readonly samplePrompts: readonly string[];
  /** The default first. */
  readonly models: readonly ModelDescription[];
  readonly house: Rules;
  /** Where something about people is kept beside their live jobs. */
  readonly records: readonly PersonalRecords[];
  readonly chosen: ChosenClips;
  readonly config: BotConfig;
  readonly logger: Logger;
}

export interface ComposedCommands {
  /** What interactions may ask for. */
  readonly registry: Registry;
  /** What messages may. */
  readonly remixByReply: RemixByReply;
}

export function composeCommands(options: ComposeCommandsOptions): ComposedCommands {
  const { client, queue, inputs, workshop, samplePrompts, models, house, records, chosen, config, logger } =
    options;
  const { settings, rules, quotas } = house;
  const intake = new JobIntake({ queue, inputs, rules, quotas });
  const finder = new DiscordClipFinder({ rest: client.rest, mayRead: (...who) => mayRead(client, ...who) });
  const source = attachmentSource(config.discord);
  const input = new ClipInput({ finder, source, store: inputs, kindOf: fileKind });
  const clips = new PostedClips({ source, store: inputs, readRecipe });
  const remixByReply = new RemixByReply({ intake, rules, input, finder, store: inputs, readRecipe, logger });
  const registry = new Registry({
    commands: [
      new RiffCommand({ intake, samplePrompts }),
      new RemixCommand({ intake, input, samplePrompts }),
      new MorphCommand({ intake, input, store: inputs, readRecipe, samplePrompts }),
      new ListenCommand({ intake, input }),
      new SeeCommand({ intake, input }),
      new QueueCommand(queue),
      new CancelCommand(queue),
      new SettingsCommand({ settings, models: models.map(({ name }) => name) }),
      new ForgetMeCommand({ queue, records }),
      new HelpCommand({ payloads, samplePrompts }),
      new AboutCommand({ models: () => Promise.resolve(models), version: ENGINE_VERSION }),
    ],
    buttons: [
      new CancelButton(queue),
      new CancelListedButton(queue),
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
    modals: [new RemixModal({ intake, clips }), new RemixMessageForm({ chosen, intake, input })],
    menus: [
      new RemixMenu(chosen),
      new MorphMenu({ chosen, intake, input, store: inputs, readRecipe }),
      new HearMenu({ intake, input }),
      new RecipeMenu({ source, readRecipe }),
    ],
  });
  return { registry, remixByReply };
}

function attachmentSource({ cdnUrl }: DiscordConfig): CdnAttachmentSource {
  return new CdnAttachmentSource({ origins: cdnUrl === undefined ? CDN_ORIGINS : [new URL(cdnUrl).origin] });
}
