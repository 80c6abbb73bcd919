/**
 * How soon the bot acknowledges commands (Discord waits for three seconds) while its engine keeps the cores busy and
 * thousands of jobs wait. The real bot and engine, as separate processes, against the local double of Discord, which
 * takes a share of the same cores; the network to Discord itself is not in these figures.
 */
import { BotUnderTest, deployCommands, environmentFor, temporaryFolder } from '../test/app/bot-under-test.js';
import { LocalDiscord } from '../test/discord/local-discord.js';
import type { LocalChannel } from '../test/discord/people/local-channel.js';
import type { LocalUser } from '../test/discord/people/local-user.js';
import { printTable } from './markdown.js';

const WAITING = 3000;
const MEASURED = 1000;
const PEOPLE = 8;
/** Commands on their way at the same time while the queue is filled. */
const AT_ONCE = 25;
/** Long enough that the engine is at work throughout. */
const BUSY = { prompt: 'funk bassline with a jazzy saxophone solo', steps: 100, length: 180 };

export async function benchAcknowledgements(): Promise<void> {
  const discord = await LocalDiscord.start();
  const channel = discord.createGuild({ name: 'Bench' }).createTextChannel({ name: 'bench' });
  const people = Array.from({ length: PEOPLE }, (_, index) => discord.createUser({ name: `p${index}` }));
  await deployCommands(discord);
  const folder = await temporaryFolder();
  const limits = { RIFFCORD_MAX_PER_USER: '1000', RIFFCORD_MAX_WAITING: '10000', LOG_LEVEL: 'warn' };
  const bot = BotUnderTest.start(folder.path, { ...environmentFor(discord), ...limits });
  await discord.botOnline({ timeoutMs: 120_000 });

  const idle = await acknowledgements(channel, people, 20, 1);
  const filling = await acknowledgements(channel, people, WAITING, AT_ONCE);
  const full = await acknowledgements(channel, people, MEASURED, 1);
  const violations = discord.violations.length;

  bot.kill('SIGKILL');
  await bot.exit();
  await discord.stop();
  await folder.remove();
  printTable(
    'Milliseconds from a command to its acknowledgement',
    ['state', 'median', 'p99', 'longest', 'over 3 s', 'commands'],
    [
      row('idle', idle),
      row(`while ${WAITING} come in, ${AT_ONCE} at once`, filling),
      row(`busy, ${WAITING} wait`, full),
    ],
  );
  console.log(`\nRules of Discord's that were broken: ${violations}.`);
}

async function acknowledgements(
  channel: LocalChannel,
  people: readonly LocalUser[],
  count: number,
  atOnce: number,
): Promise<number[]> {
  const waits: number[] = [];
  for (let done = 0; done < count; done += atOnce) {
    const commands = Array.from({ length: Math.min(atOnce, count - done) }, (_, index) =>
      people[(done + index) % people.length]?.useCommand(channel, 'riff', { ...BUSY, seed: done + index }),
    );
    for (const command of commands) {
      await command?.acknowledged({ timeoutMs: 60_000 });
      waits.push(command?.acknowledgedAfterMs ?? Number.NaN);
    }
  }
  return waits;
}

function row(state: string, waits: readonly number[]): string[] {
  const sorted = [...waits].sort((a, b) => a - b);
  const quantile = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
  const late = sorted.filter((ms) => ms > 3000).length;
  const times = [quantile(0.5), quantile(0.99), sorted.at(-1)].map((ms = Number.NaN) => ms.toFixed(0));
  return [state, ...times, String(late), String(sorted.length)];
}
