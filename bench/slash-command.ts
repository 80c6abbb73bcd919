/**
 * How long a person waits for `/riff`: the real bot, engine and model, as separate processes, against the local
 * double of Discord. The network to Discord itself is not in these figures.
 */
import type { Interaction } from '../test/discord/state/interaction.js';
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from '../test/app/bot-under-test.js';
import { LocalDiscord } from '../test/discord/local-discord.js';
import type { LocalChannel } from '../test/discord/people/local-channel.js';
import type { LocalUser } from '../test/discord/people/local-user.js';
import { median } from './stopwatch.js';

const PROMPT = 'funk bassline with a jazzy saxophone solo';
const IDLE_RUNS = 5;
const BUSY_RUNS = 20;

export async function benchSlashCommand(): Promise<void> {
  const discord = await LocalDiscord.start();
  const channel = discord.createGuild({ name: 'Bench' }).createTextChannel({ name: 'bench' });
  const user = discord.createUser({ name: 'bench' });
  await deployCommands(discord);
  const folder = await temporaryFolder();
  const limits = { RIFFCORD_MAX_PER_USER: '100', LOG_LEVEL: 'warn' };
  const bot = BotUnderTest.start(folder.path, { ...environmentFor(discord), ...limits });
  await discord.botOnline({ timeoutMs: 60_000 });

  const waits: { acknowledged: number; posted: number }[] = [];
  for (let seed = 0; seed < IDLE_RUNS; seed += 1) waits.push(await timeOne(channel, user, seed));
  const busy = await acknowledgementsWhileBusy(channel, user);

  await bot.stop();
  await discord.stop();
  await folder.remove();
  print(waits, busy);
}

async function timeOne(
  channel: LocalChannel,
  user: LocalUser,
  seed: number,
): Promise<{ acknowledged: number; posted: number }> {
  const before = channel.messages.length;
  const askedAt = performance.now();
  const command = user.useCommand(channel, 'riff', { prompt: PROMPT, seed });
  await command.acknowledged();
  await channel.waitForMessage((message) => isClip(message) && channel.messages.indexOf(message) >= before, {
    timeoutMs: 120_000,
  });
  return { acknowledged: command.acknowledgedAfterMs ?? Number.NaN, posted: performance.now() - askedAt };
}

function isClip(message: { attachments: readonly unknown[] }): boolean {
  return message.attachments.length === 2;
}

/** The first job keeps the engine's cores busy while the others are accepted. */
async function acknowledgementsWhileBusy(channel: LocalChannel, user: LocalUser): Promise<number[]> {
  const commands: Interaction[] = [];
  for (let seed = 0; seed < BUSY_RUNS; seed += 1) {
    const command = user.useCommand(channel, 'riff', { prompt: PROMPT, seed, steps: 50 });
    await command.acknowledged();
    commands.push(command);
  }
  return commands.map((command) => command.acknowledgedAfterMs ?? Number.NaN);
}

function print(waits: readonly { acknowledged: number; posted: number }[], busy: readonly number[]): void {
  const row = (name: string, values: readonly number[]) => {
    const cells = [Math.min(...values), median(values), Math.max(...values)].map((ms) => ms.toFixed(0));
    console.log(`| ${name} | ${cells.join(' | ')} | ${values.length} |`);
  };
  console.log('\n/riff against the local double of Discord, milliseconds');
  console.log('| wait | min | median | max | runs |');
  console.log('|---|---|---|---|---|');
  row(
    'command to acknowledgement, engine idle',
    waits.map(({ acknowledged }) => acknowledged),
  );
  row('command to acknowledgement, engine busy', busy);
  row(
    'command to posted clip (the first loads the model)',
    waits.map(({ posted }) => posted),
  );
}
