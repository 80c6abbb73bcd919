/** What hostile, confused or merely unlucky people may do with the bot, one thing at a time. */
import type { LocalDiscord } from '../../discord/local-discord.js';
import type { LocalFile } from '../../discord/people/command-input.js';
import type { LocalChannel } from '../../discord/people/local-channel.js';
import type { LocalUser } from '../../discord/people/local-user.js';
import type { Interaction } from '../../discord/state/interaction.js';
import type { Message } from '../../discord/state/message.js';
import { hostileFile, hostileLink } from './hostile-files.js';
import type { Chance } from './random.js';

/** Where a case happens, and with what. */
export interface FuzzScene {
  readonly discord: LocalDiscord;
  readonly user: LocalUser;
  readonly channel: LocalChannel;
  /** A clip of the bot's in the same channel. */
  readonly clip: Message;
  /** Files that nothing is wrong with, to be damaged. */
  readonly good: readonly LocalFile[];
  /** A server that must never be asked for anything. */
  readonly elsewhere: string;
  readonly chance: Chance;
}

/** What was done, so that its answer can be waited for. */
export type Deed =
  | { readonly name: string; readonly interaction: Interaction }
  /** Undefined: the bot is not called. */
  | { readonly name: string; readonly said: Message; readonly isCall: boolean };

/** Does something. */
export function doSomething(scene: FuzzScene): Deed {
  const { chance } = scene;
  const deed = chance.of(DEEDS);
  return deed(scene);
}

const DEEDS: readonly ((scene: FuzzScene) => Deed)[] = [
  rawCommand,
  rawCommand,
  rawButton,
  rawButton,
  rawForm,
  rawCompletion,
  rawMenu,
  reply,
  mention,
  fileCommand,
  fileCommand,
  fileMenu,
  linkCommand,
  morph,
];

function rawCommand(scene: FuzzScene): Deed {
  const { user, channel, chance } = scene;
  const name = chance.of(['riff', 'remix', 'morph', 'listen', 'see', 'settings', 'queue', 'gone', 'help']);
  // Discord never leaves out a subcommand, or an option that is required.
  const needsPrompt = name === 'riff' || name === 'remix';
  const prompt = needsPrompt ? [{ name: 'prompt', type: 3, value: chance.text() }] : [];
  const values = [
    ...rawOptions(chance).filter((option) => !needsPrompt || option.name !== 'prompt'),
    ...prompt,
  ];
  const options = name === 'settings' ? [{ name: 'show', type: 1, options: [] }] : values;
  const data = { id: '1', name, type: 1, options, resolved: {} };
  return { name: `/${name}`, interaction: user.interactRaw(channel, { kind: 'command', data }) };
}

/** Of any name and type, with values that go with neither. */
function rawOptions(chance: Chance): { name: string; type: number; value: unknown }[] {
  return OPTION_NAMES.filter(() => chance.next() < 0.3).map((name) => {
    const value = chance.of([
      chance.text(),
      chance.below(100) - 50,
      chance.next() * 1e9,
      true,
      2 ** 53,
      -0.1,
    ]);
    const type = typeof value === 'string' ? 3 : typeof value === 'boolean' ? 5 : 10;
    return { name, type, value };
  });
}

const OPTION_NAMES: readonly string[] = [
  'prompt',
  'negative',
  'seed',
  'steps',
  'guidance',
  'scheduler',
  'format',
  'strength',
  'length',
  'count',
  'loop',
  'bpm',
  'from',
  'to',
  'morph-steps',
  'link',
  'unheard-of',
];

function rawButton(scene: FuzzScene): Deed {
  const { user, channel, chance, clip } = scene;
  const custom_id = rawId(chance);
  const data = { custom_id, component_type: 2 };
  const interaction = user.interactRaw(channel, { kind: 'component', data, source: clip });
  return { name: `button ${custom_id.split(':')[0] ?? ''}`, interaction };
}

function rawId(chance: Chance): string {
  const action = chance.of(ACTIONS);
  const argument = chance.of([
    '',
    '0',
    '-1',
    '7',
    '0.3/0',
    'NaN',
    '../x',
    '0/loops',
    'remix/AAAA',
    chance.text(),
  ]);
  return `${action}:${argument}`.slice(0, 100) || ':';
}

const ACTIONS: readonly string[] = [
  'again',
  'vary',
  'remix',
  'longer',
  'loop',
  'voice-message',
  'soundboard',
  'recipe',
  'delete',
  'cancel',
  'cancel-listed',
  'gone',
  '__proto__',
  '',
];

function rawForm(scene: FuzzScene): Deed {
  const { user, channel, chance, clip } = scene;
  const texts = [
    { type: 4, custom_id: 'prompt', value: chance.text() },
    { type: 4, custom_id: 'strength', value: chance.text() },
  ];
  const components = texts.map((component, index) => ({ type: 18, id: index + 1, component }));
  const custom_id = chance
    .of(['remix:0', 'remix:9', 'remix:', 'remix-message:1', 'gone:', chance.text()])
    .slice(0, 100);
  const data = { custom_id, components };
  const source = chance.next() < 0.7 ? { source: clip } : {};
  return { name: 'form', interaction: user.interactRaw(channel, { kind: 'modal', data, ...source }) };
}

function rawCompletion(scene: FuzzScene): Deed {
  const { user, channel, chance } = scene;
  const name = chance.of(['riff', 'remix', 'morph', 'settings', 'gone']);
  const focused = { name: chance.of(OPTION_NAMES), type: 3, value: chance.text(), focused: true };
  const data = { id: '1', name, type: 1, options: [focused] };
  return { name: 'completion', interaction: user.interactRaw(channel, { kind: 'autocomplete', data }) };
}

function rawMenu(scene: FuzzScene): Deed {
  const { user, clip, chance, channel } = scene;
  const target = chance.next() < 0.3 ? clip : user.say(channel, `x ${chance.text()}`.slice(0, 2000));
  const name = chance.of(['Remix', 'Morph with…', 'Hear it', 'Show recipe']);
  return { name: `menu ${name}`, interaction: user.useMessageCommand(target, name) };
}

function reply(scene: FuzzScene): Deed {
  const { user, channel, clip, chance } = scene;
  const said = user.say(channel, `0 ${chance.text()}`.slice(0, 2000), {
    replyTo: clip,
    ping: chance.next() < 0.7,
  });
  return { name: 'reply', said, isCall: false };
}

function mention(scene: FuzzScene): Deed {
  const { discord, user, channel, chance, elsewhere, good } = scene;
  const files = chance.next() < 0.7 ? [hostileFile(chance, elsewhere, good)] : [];
  const text = `<@${discord.applicationId}> ${chance.text()}`.slice(0, 1990);
  return { name: 'mention', said: user.say(channel, text, { files }), isCall: true };
}

function fileCommand(scene: FuzzScene): Deed {
  const { user, channel, chance, elsewhere, good } = scene;
  const clip = hostileFile(chance, elsewhere, good);
  const name = chance.of(['see', 'listen', 'remix']);
  const more = name === 'remix' ? { prompt: 'organ', steps: 1 } : {};
  return {
    name: `/${name} ${clip.filename.slice(0, 20)}`,
    interaction: user.useCommand(channel, name, { clip, ...more }),
  };
}

function fileMenu(scene: FuzzScene): Deed {
  const { user, channel, chance, elsewhere, good } = scene;
  const target = user.say(channel, 'x', { files: [hostileFile(chance, elsewhere, good)] });
  const name = chance.of(['Remix', 'Hear it', 'Show recipe']);
  return { name: `menu ${name}`, interaction: user.useMessageCommand(target, name) };
}

function linkCommand(scene: FuzzScene): Deed {
  const { discord, user, channel, chance, elsewhere } = scene;
  const link = hostileLink(chance, elsewhere, discord.cdnUrl).slice(0, 1000) || 'x';
  const name = chance.of(['see', 'listen']);
  return { name: `/${name} link`, interaction: user.useCommand(channel, name, { link }) };
}

function morph(scene: FuzzScene): Deed {
  const { user, channel, chance, elsewhere, good } = scene;
  const ends = {
    'from-clip': hostileFile(chance, elsewhere, good),
    'to-clip': hostileFile(chance, elsewhere, good),
  };
  const interaction = user.useCommand(channel, 'morph', { ...ends, steps: 1, 'morph-steps': 2 });
  return { name: '/morph', interaction };
}
