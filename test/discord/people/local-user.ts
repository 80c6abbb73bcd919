import { MessageFlags } from 'discord.js';
import type { APIApplicationCommandOptionChoice } from 'discord.js';
import { deleteMessage } from '../actions/edit-message.js';
import { interact } from '../actions/interact.js';
import { postMessage } from '../actions/post-message.js';
import { startThread } from '../actions/start-thread.js';
import { messagePayload } from '../payloads/message-payload.js';
import { contextOf } from '../payloads/interaction-payload.js';
import { ownersOfCommand, ownersOfComponent } from '../rules/installations.js';
import type { IntegrationOwners } from '../rules/installations.js';
import { flatten } from '../rules/component-form.js';
import { guildPermissions, may } from '../rules/permissions.js';
import type { WaitOptions } from '../state/change-feed.js';
import { guildOf } from '../state/channel.js';
import type { Channel, PrivateChannel } from '../state/channel.js';
import type { RegisteredCommand } from '../state/command-registry.js';
import { openDirectChannel } from '../state/direct-channels.js';
import type { Interaction, InteractionKind } from '../state/interaction.js';
import type { Message } from '../state/message.js';
import type { User } from '../state/user.js';
import type { World } from '../state/world.js';
import { ClientRefusal } from './client-refusal.js';
import { commandData, commandHead } from './command-input.js';
import type { FocusedOption, OptionValue } from './command-input.js';
import { LocalChannel } from './local-channel.js';
import { modalData } from './modal-input.js';
import type { FieldValue } from './modal-input.js';
import { checkSaying } from './saying.js';
import type { Recording, SayOptions } from './saying.js';

/** `ApplicationCommandType` of slash commands and of those in a message's menu. */
const CHAT_COMMAND = 1;
const MESSAGE_COMMAND = 3;

/** What a person has typed so far. */
export interface TypingInput {
  /** The option that is being typed. */
  readonly focused: string;
  readonly value: string;
  /** Options that are filled in already. */
  readonly options?: Readonly<Record<string, OptionValue>>;
}

/** An interaction that nothing has been checked of. */
export interface RawInteraction {
  readonly kind: InteractionKind;
  /** Of the INTERACTION_CREATE event. */
  readonly data: unknown;
  readonly source?: Message;
}

/** A person, who can do what Discord's client offers and nothing else. */
export class LocalUser implements User {
  readonly id: string;
  readonly name: string;
  readonly bot = false;
  /** The language of the client; change it to see the bot in another. */
  locale: string;
  readonly #world: World;

  constructor(world: World, user: User) {
    this.#world = world;
    this.id = user.id;
    this.name = user.name;
    this.locale = user.locale ?? 'en-US';
  }

  /**
   * Uses a slash command, such as `riff`; a subcommand follows after a space.
   *
   * @throws ClientRefusal if the command is not offered here or the options are not as it wants them
   */
  useCommand(
    channel: LocalChannel,
    name: string,
    options: Readonly<Record<string, OptionValue>> = {},
  ): Interaction {
    return this.#command('command', channel.channel, name, options);
  }

  /**
   * Uses a command of a message's menu ("Apps"), such as `Remix`. The bot is shown the message in full.
   *
   * @throws ClientRefusal if the command is not offered here, or the person cannot see the message
   */
  useMessageCommand(message: Message, name: string): Interaction {
    const { channel } = message;
    this.#checkSees(message);
    if (message.ephemeral) throw new ClientRefusal('A message that only you see has no apps in its menu.');
    const command = this.#findCommand(channel, MESSAGE_COMMAND, name);
    const data = {
      ...commandHead(command),
      target_id: message.id,
      resolved: { messages: { [message.id]: messagePayload(this.#world, message) } },
    };
    const owners = this.#ownersOf(command, channel);
    return interact(this.#world, { kind: 'command', channel, user: this, owners, data, target: message });
  }

  /**
   * Types into an option that is autocompleted, and waits for the choices.
   *
   * @throws ClientRefusal if the option is not autocompleted
   */
  async autocomplete(
    channel: LocalChannel,
    name: string,
    input: TypingInput,
    wait?: WaitOptions,
  ): Promise<readonly APIApplicationCommandOptionChoice[]> {
    const focused = { name: input.focused, value: input.value };
    const interaction = this.#command('autocomplete', channel.channel, name, input.options ?? {}, focused);
    const answer = (): typeof interaction.choices => interaction.choices;
    return this.#world.changes.waitFor(`the choices for "${input.focused}"`, answer, wait);
  }

  /**
   * Presses a button, found by its custom id or its label.
   *
   * @throws ClientRefusal if the person cannot see or press it
   */
  clickButton(message: Message, customIdOrLabel: string): Interaction {
    this.#checkSees(message);
    const button = message.buttons.find(
      ({ customId, label }) => customId === customIdOrLabel || label === customIdOrLabel,
    );
    if (button === undefined) {
      const seen = message.buttons.map(({ label }) => `"${label}"`).join(', ');
      throw new ClientRefusal(`There is no button "${customIdOrLabel}"; there are: ${seen || 'none'}.`);
    }
    if (button.disabled) throw new ClientRefusal(`The button "${button.label}" is disabled.`);
    if (button.customId === undefined) throw new ClientRefusal(`The button "${button.label}" is a link.`);
    return this.#useComponent(message, { custom_id: button.customId, component_type: 2 });
  }

  /**
   * Chooses from a select menu.
   *
   * @throws ClientRefusal if the menu does not offer the values
   */
  select(message: Message, customId: string, values: readonly string[]): Interaction {
    this.#checkSees(message);
    for (const component of message.components.flatMap(flatten)) {
      if (component.type !== 3 || component.custom_id !== customId) continue;
      const { min_values: min = 1, max_values: max = 1, options, disabled } = component;
      const areOffered = values.every((value) => options.some((option) => option.value === value));
      if (disabled === true || !areOffered || values.length < min || values.length > max) {
        throw new ClientRefusal(`The menu "${customId}" does not take ${values.join(', ')}.`);
      }
      return this.#useComponent(message, { custom_id: customId, component_type: 3, values });
    }
    throw new ClientRefusal(`There is no menu "${customId}".`);
  }

  /**
   * Fills in the modal that an interaction of this person has opened, and sends it off. Fields are named by their
   * custom ids; those that are not named keep what the bot has filled in.
   *
   * @throws ClientRefusal if there is no such modal, or it would not take that
   */
  submitModal(opened: Interaction, values: Readonly<Record<string, FieldValue>> = {}): Interaction {
    const { modal, channel, source, owners } = opened;
    if (modal === undefined || opened.modalSubmitted || opened.user.id !== this.id) {
      throw new ClientRefusal('There is no open modal.');
    }
    const data = modalData(this.#world, modal, values);
    opened.modalSubmitted = true;
    const deed = { kind: 'modal', channel, user: this, owners, data, openedBy: opened } as const;
    return interact(this.#world, source === undefined ? deed : { ...deed, source });
  }

  /**
   * Writes a message; `<@id>` mentions somebody.
   *
   * @throws ClientRefusal where the person may not, or what they write is too much or nothing
   */
  say(channel: LocalChannel, content: string, options: SayOptions = {}): Message {
    const files = (options.files ?? []).map((file, index) => ({ contentType: undefined, ...file, index }));
    checkSaying(this, channel.channel, content, options);
    const allowed = { parse: ['users', 'roles', 'everyone'] as const, replied_user: options.ping ?? true };
    return postMessage(this.#world, {
      channel: channel.channel,
      author: this,
      form: { content, allowed_mentions: { ...allowed, parse: [...allowed.parse] } },
      files,
      repliesTo: options.replyTo,
      allowedFlags: 0,
    });
  }

  /** Sends a voice message, as a phone does: one recording and nothing else. */
  sendVoiceMessage(channel: LocalChannel, { bytes, durationSeconds }: Recording): Message {
    if (!may(channel.channel, this, 'SendMessages', 'AttachFiles', 'SendVoiceMessages')) {
      throw new ClientRefusal('You may not send voice messages here.');
    }
    const waveform = Buffer.alloc(64, 128).toString('base64');
    const file = { index: 0, filename: 'voice-message.ogg', contentType: 'audio/ogg', bytes };
    return postMessage(this.#world, {
      channel: channel.channel,
      author: this,
      form: {
        flags: MessageFlags.IsVoiceMessage,
        attachments: [{ id: '0', waveform, duration_secs: durationSeconds }],
      },
      files: [file],
      allowedFlags: MessageFlags.IsVoiceMessage,
    });
  }

  /** Sends an interaction that is well formed and that no client would send: whatever the data says. */
  interactRaw(channel: LocalChannel, { kind, data, source }: RawInteraction): Interaction {
    const guild = guildOf(channel.channel);
    const owners = { 0: guild?.id ?? '0' };
    const deed = { kind, channel: channel.channel, user: this, owners, data };
    return interact(this.#world, source === undefined ? deed : { ...deed, source });
  }

  /** Deletes a message: one's own, or with the permission to manage messages anybody's. */
  deleteMessage(message: Message): void {
    if (message.author.id !== this.id && !may(message.channel, this, 'ManageMessages')) {
      throw new ClientRefusal('You may not delete that.');
    }
    deleteMessage(this.#world, message);
  }

  /** Installs the application for this person, who then brings it along wherever they are. */
  installApp(): void {
    this.#world.userInstalls.add(this.id);
  }

  /** A conversation with other people, of which the bot is no part. */
  privateChannel(...others: readonly User[]): LocalChannel {
    const id = this.#world.snowflakes.next();
    const channel: PrivateChannel = { kind: 'private', id, members: [this, ...others] };
    this.#world.channels.set(id, channel);
    return new LocalChannel(this.#world, channel);
  }

  /** Starts a thread in a text channel, of which the bot hears at once. */
  startThread(channel: LocalChannel, name: string): LocalChannel {
    const parent = channel.channel;
    if (parent.kind !== 'guild-text' || !may(parent, this, 'CreatePublicThreads')) {
      throw new ClientRefusal('You may not start threads here.');
    }
    return new LocalChannel(this.#world, startThread(this.#world, { parent, name, ownerId: this.id }));
  }

  /** The conversation with the bot. */
  directChannel(): LocalChannel {
    return new LocalChannel(this.#world, openDirectChannel(this.#world, this));
  }

  #command(
    kind: 'command' | 'autocomplete',
    channel: Channel,
    path: string,
    values: Readonly<Record<string, OptionValue>>,
    focused?: FocusedOption,
  ): Interaction {
    const [name = '', ...subcommands] = path.split(' ');
    const command = this.#findCommand(channel, CHAT_COMMAND, name);
    const data = commandData(this.#world, {
      command,
      subcommands,
      values,
      ...(focused === undefined ? {} : { focused }),
    });
    return interact(this.#world, {
      kind,
      channel,
      user: this,
      owners: this.#ownersOf(command, channel),
      data,
    });
  }

  #findCommand(channel: Channel, type: number, name: string): RegisteredCommand {
    const command = this.#world.commands.find(guildOf(channel)?.id, type, name);
    if (command === undefined) throw new ClientRefusal(`The command /${name} is not registered.`);
    this.#checkOffered(command, channel);
    return command;
  }

  #ownersOf({ form }: RegisteredCommand, channel: Channel): IntegrationOwners {
    return ownersOfCommand(this.#world, form, channel, this);
  }

  #checkOffered(command: RegisteredCommand, channel: Channel): void {
    const { form } = command;
    const context = contextOf(channel);
    if (form.contexts?.includes(context) === false || (context === 1 && form.dm_permission === false)) {
      throw new ClientRefusal(`The command /${form.name} is not offered in this kind of channel.`);
    }
    if (Object.keys(this.#ownersOf(command, channel)).length === 0) {
      throw new ClientRefusal(`Nobody has installed the application with /${form.name} here.`);
    }
    if (!('guild' in channel)) return;
    if (form.nsfw === true && !channel.nsfw) {
      throw new ClientRefusal(`The command /${form.name} is for age-restricted channels.`);
    }
    const needed = BigInt(form.default_member_permissions ?? '0');
    const has = guildPermissions(channel.guild, this.id);
    if ((has & needed) !== needed || !may(channel, this, 'UseApplicationCommands')) {
      throw new ClientRefusal(`${this.name} may not use /${form.name}.`);
    }
  }

  #checkSees(message: Message): void {
    if (!may(message.channel, this, 'ViewChannel')) throw new ClientRefusal('You cannot look in there.');
    if (message.deleted) throw new ClientRefusal('The message has been deleted.');
    if (message.ephemeral && message.origin?.user.id !== this.id) {
      throw new ClientRefusal(`${this.name} cannot see that message.`);
    }
  }

  #useComponent(source: Message, data: unknown): Interaction {
    const { channel } = source;
    const owners = ownersOfComponent(this.#world, source);
    return interact(this.#world, { kind: 'component', channel, user: this, owners, data, source });
  }
}
