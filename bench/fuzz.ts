/**
 * Ten thousand hostile or confused interactions, replies and files, by many people at once: that each is answered by a
 * sentence, that no file is fetched but from Discord, and what memory that takes.
 */
import { runFuzz } from '../test/app/fuzz/fuzz-run.js';
import { printTable } from './markdown.js';

/** `RIFFCORD_FUZZ_CASES` makes it shorter. */
const CASES = Number(process.env['RIFFCORD_FUZZ_CASES'] ?? 10_000);
const PEOPLE = 12;

export async function benchFuzz(): Promise<void> {
  const report = await runFuzz({ cases: CASES, people: PEOPLE });
  printTable(
    'Hostile interactions, replies and files',
    ['what', 'measured'],
    [
      ['cases', String(report.cases)],
      ['seconds', report.seconds.toFixed(0)],
      ['not answered by a sentence', String(report.unanswered.length)],
      ['answered too late for Discord', String(report.late)],
      ['answered by an incident of the bot’s own', String(report.incidents.length)],
      ['rules of Discord’s broken', String(report.violations.length)],
      ['requests to another host', String(report.foreignRequests)],
      ['the bot has ended', report.exited ? 'yes' : 'no'],
      ...Object.entries(report.memory).map(([of, { before, most }]) => [
        `memory of ${of} before, and rise of it, MiB`,
        `${before.toFixed(0)}, ${(most - before).toFixed(0)}`,
      ]),
    ],
  );
  for (const problem of report.unanswered.slice(0, 20)) console.log(problem);
  for (const incident of report.incidents.slice(0, 20)) console.log(incident);
}
