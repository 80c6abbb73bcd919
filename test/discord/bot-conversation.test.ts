import {
  ActionRowBuilder,
  ApplicationCommandType,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  Client,
  ContextMenuCommandBuilder,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  Partials,
  SlashCommandBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { ChatInputCommandInteraction, ClientEvents, SlashCommandChannelOption } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LocalDiscord } from './local-discord.js';
import type { LocalChannel } from './people/local-channel.js';
import type { LocalGuild } from './people/local-guild.js';
import type { LocalUser } from './people/local-user.js';

/** A bot made with discord.js itself, so that the double is held to what the library really sends. */
let discord: LocalDiscord;
let client: Client<true>;
let guild: LocalGuild;
let channel: LocalChannel;
let ada: LocalUser;

const riff = new SlashCommandBuilder()
  .setName('riff')
  .setDescription('Makes music')
  .addStringOption((option) =>
    option
      .setName('prompt')
      .setDescription('What to play')
      .setRequired(true)
      .setMaxLength(300)
      .setAutocomplete(true),
  )
  .addIntegerOption((option) =>
    option.setName('steps').setDescription('How long to think').setMinValue(1).setMaxValue(50),
  );

beforeEach(async () => {
  discord = await LocalDiscord.start();
  guild = discord.createGuild({ name: 'Band' });
  channel = guild.createTextChannel({ name: 'studio' });
  ada = discord.createUser({ name: 'ada' });
  client = await logIn();
  await client.application.commands.set([riff.toJSON()]);
});

afterEach(async () => {
  await client.destroy();
  await discord.stop();
});

async function logIn(): Promise<Client<true>> {
  const { Guilds, GuildMessages, DirectMessages } = GatewayIntentBits;
  const created = new Client({
    intents: [Guilds, GuildMessages, DirectMessages],
    // Conversations are never in the cache when their first message comes.
    partials: [Partials.Channel],
    rest: { api: discord.apiUrl },
  });
  const ready = new Promise<Client<true>>((resolve) => created.once(Events.ClientReady, resolve));
  await created.login(discord.token);
  return ready;
}

function once<Name extends keyof ClientEvents>(name: Name): Promise<ClientEvents[Name]> {
  return new Promise((resolve) => {
    client.once(name, (...values: ClientEvents[Name]) => resolve(values));
  });
}

async function nextCommand(): Promise<ChatInputCommandInteraction> {
  const [interaction] = await once(Events.InteractionCreate);
  if (!interaction.isChatInputCommand()) throw new Error('not a command');
  return interaction;
}

describe('a bot on the local Discord', () => {
  it('logs in, sees its guild and registers a command', () => {
    expect(client.user.id).toBe(discord.applicationId);
    expect(client.guilds.cache.get(guild.id)?.name).toBe('Band');
    expect(discord.registeredCommands().map(({ form }) => form.name)).toEqual(['riff']);
    expect(discord.violations).toEqual([]);
  });

  it('defers a command, then answers with files and buttons, and updates by button', async () => {
    const received = nextCommand();
    const interaction = ada.useCommand(channel, 'riff', { prompt: 'funk bass', steps: 20 });
    const command = await received;
    expect(command.options.getString('prompt')).toBe('funk bass');
    expect(command.options.getInteger('steps')).toBe(20);
    expect(command.attachmentSizeLimit).toBe(10 * 1024 * 1024);

    await command.deferReply();
    expect((await interaction.acknowledged()).type).toBe(5);
    expect(interaction.acknowledgedAfterMs).toBeLessThan(3000);

    const cancel = new ButtonBuilder()
      .setCustomId('cancel:1')
      .setLabel('Cancel')
      .setStyle(ButtonStyle.Danger);
    await command.editReply({
      content: 'at work',
      files: [new AttachmentBuilder(Buffer.from('picture'), { name: 'progress.png' })],
      components: [new ActionRowBuilder<ButtonBuilder>().addComponents(cancel)],
    });
    const answer = await interaction.response();
    expect(answer.content).toBe('at work');
    expect(answer.attachments[0]?.bytes.toString()).toBe('picture');

    const heard = once(Events.InteractionCreate);
    ada.clickButton(answer, 'Cancel');
    const [pressed] = await heard;
    if (!pressed.isButton()) throw new Error('not a button');
    expect(pressed.customId).toBe('cancel:1');
    await pressed.update({ content: 'cancelled', components: [] });
    expect(answer.content).toBe('cancelled');
    expect(answer.buttons).toEqual([]);
    expect(answer.edits.map(({ content }) => content)).toEqual(['cancelled']);
    expect(discord.violations).toEqual([]);
  });

  it('posts an ordinary message with a picture in an embed, an audio file and a nonce, once', async () => {
    const target = await client.channels.fetch(channel.id);
    if (target?.isSendable() !== true) throw new Error('cannot send');
    const send = () =>
      target.send({
        nonce: 'job-1',
        enforceNonce: true,
        allowedMentions: { parse: [] },
        content: 'hello <@1> @everyone',
        embeds: [new EmbedBuilder().setTitle('riff').setImage('attachment://riff.png')],
        files: [
          new AttachmentBuilder(Buffer.from('picture'), { name: 'riff.png', description: 'a spectrogram' }),
          new AttachmentBuilder(Buffer.from('audio'), { name: 'riff.mp3' }),
        ],
      });
    const first = await send();
    const second = await send();
    expect(second.id).toBe(first.id);
    expect(channel.messages).toHaveLength(1);

    const [message] = channel.messages;
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(['riff.png', 'riff.mp3']);
    expect(message?.attachments[0]?.description).toBe('a spectrogram');
    expect(message?.pings).toEqual({ everyone: false, userIds: [], roleIds: [] });

    expect(first.attachments.map(({ name }) => name)).toEqual(['riff.mp3']);
    const picture = await fetch(first.embeds[0]?.image?.url ?? '');
    expect(await picture.text()).toBe('picture');
    expect(discord.violations).toEqual([]);
  });

  it('answers autocompletion', async () => {
    client.once(Events.InteractionCreate, (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const { name, value } = interaction.options.getFocused(true);
      void interaction.respond([{ name: `${name}: ${value}nk`, value: `${value}nk` }]);
    });
    const choices = await ada.autocomplete(channel, 'riff', { focused: 'prompt', value: 'fu' });
    expect(choices).toEqual([{ name: 'prompt: funk', value: 'funk' }]);
    expect(discord.violations).toEqual([]);
  });

  it('answers only the person, follows up and deletes', async () => {
    const received = nextCommand();
    const interaction = ada.useCommand(channel, 'riff', { prompt: 'x' });
    const command = await received;
    await command.reply({ content: 'only you', flags: MessageFlags.Ephemeral });
    expect((await interaction.response()).ephemeral).toBe(true);
    await command.followUp('everybody');
    expect((await interaction.followUp()).content).toBe('everybody');
    await command.deleteReply();
    expect(interaction.original?.deleted).toBe(true);
    expect(discord.violations).toEqual([]);
  });

  it('hears direct messages and answers in the conversation', async () => {
    const heard = once(Events.MessageCreate);
    ada.say(ada.directChannel(), 'hello');
    const [message] = await heard;
    expect(message.content).toBe('hello');
    await message.reply('hi');
    const reply = await ada.directChannel().waitForMessage(({ author }) => author.bot);
    expect(reply.content).toBe('hi');
    expect(discord.violations).toEqual([]);
  });

  it('opens a modal from the menu of a message, and reads what was filled in', async () => {
    const remix = new ContextMenuCommandBuilder().setName('Remix').setType(ApplicationCommandType.Message);
    await client.application.commands.set([remix.toJSON()]);
    const file = { filename: 'tune.wav', bytes: Buffer.from('RIFF') };
    const tune = ada.say(channel, 'mine', { files: [file] });

    const [heard, interaction] = [once(Events.InteractionCreate), ada.useMessageCommand(tune, 'Remix')];
    const [used] = await heard;
    if (!used.isMessageContextMenuCommand()) throw new Error('not of a menu');
    expect(used.targetMessage.attachments.first()?.name).toBe('tune.wav');
    const prompt = new TextInputBuilder().setCustomId('prompt').setStyle(TextInputStyle.Short);
    const label = new LabelBuilder().setLabel('Prompt').setTextInputComponent(prompt);
    await used.showModal(new ModalBuilder().setCustomId('remix').setTitle('Remix').addLabelComponents(label));
    expect((await interaction.openedModal()).title).toBe('Remix');

    const next = once(Events.InteractionCreate);
    const submitted = ada.submitModal(interaction, { prompt: 'jazzier' });
    const [received] = await next;
    if (!received.isModalSubmit()) throw new Error('not a modal');
    expect(received.fields.getTextInputValue('prompt')).toBe('jazzier');
    await received.reply('at work');
    expect((await submitted.response()).content).toBe('at work');
    expect(discord.violations).toEqual([]);
  });

  it('is told who has brought it along, where, and in which languages', async () => {
    const everywhere = { contexts: [0, 1, 2], integration_types: [0, 1] };
    await client.application.commands.set([{ ...riff.toJSON(), ...everywhere }]);
    const foreign = discord.createGuild({ withBot: false, locale: 'ja' }).createTextChannel();
    ada.installApp();
    ada.locale = 'de';
    const received = nextCommand();
    ada.useCommand(foreign, 'riff', { prompt: 'x' });
    const command = await received;
    expect(command).toMatchObject({ context: 0, locale: 'de', guildLocale: 'ja', channel: null });
    expect(command.authorizingIntegrationOwners).toMatchObject({ guildId: null, userId: ada.id });
    expect(command.appPermissions.toArray()).toEqual(['EmbedLinks', 'AttachFiles', 'UseExternalEmojis']);
    await command.reply('hi');
    expect(client.guilds.cache.size).toBe(1);

    const inGroup = nextCommand();
    ada.useCommand(ada.privateChannel(), 'riff', { prompt: 'x' });
    const answered = await inGroup;
    expect(answered).toMatchObject({ context: 2, guildId: null });
    await answered.reply('hi');
    expect(discord.violations).toEqual([]);
  });

  it('is given channels and roles, of the types that it takes', async () => {
    const set = new SlashCommandBuilder().setName('set').setDescription('Sets');
    const text = (option: SlashCommandChannelOption) => option.addChannelTypes(ChannelType.GuildText);
    set.addChannelOption((option) => text(option.setName('where').setDescription('Where')));
    set.addRoleOption((option) => option.setName('who').setDescription('Who'));
    await client.application.commands.set([set.toJSON()]);
    const role = guild.createRole('musicians');
    const received = nextCommand();
    ada.useCommand(channel, 'set', { where: channel, who: role });
    const command = await received;
    expect(command.options.getChannel('where')?.id).toBe(channel.id);
    expect(command.options.getRole('who')?.name).toBe('musicians');
    await command.reply('set');
    const thread = ada.startThread(channel, 'jam');
    expect(() => ada.useCommand(channel, 'set', { where: thread })).toThrow('another type');
    expect(() => ada.useCommand(channel, 'set', { where: role })).toThrow('does not take that');
  });

  it('knows a thread for what it is', async () => {
    const thread = ada.startThread(channel, 'jam');
    const received = nextCommand();
    ada.useCommand(thread, 'riff', { prompt: 'x' });
    const command = await received;
    expect(command.channel?.isThread()).toBe(true);
    expect(command.channel?.id).toBe(thread.id);
    await command.reply('hi');
  });

  it('hears an answer to its message with the words, and who is meant', async () => {
    const target = await client.channels.fetch(channel.id);
    if (target?.isSendable() !== true) throw new Error('cannot send');
    const clip = await target.send('clip');
    const heard = once(Events.MessageCreate);
    const replyTo = await channel.waitForMessage(({ id }) => id === clip.id);
    ada.say(channel, 'more jazzy 0.6', { replyTo });
    const [message] = await heard;
    expect(message.content).toBe('more jazzy 0.6');
    expect(message.mentions.users.has(client.user.id)).toBe(true);
    expect(message.reference?.messageId).toBe(clip.id);
    expect(discord.violations).toEqual([]);
  });
});
