import type { AutocompleteInteraction, ChatInputCommandInteraction } from 'discord.js';

import type { Job } from '../../queue/job.js';
import type { JobQueue } from '../../queue/job-queue.js';
import type { ClipJob } from '../clip-job.js';
import { jobTitle } from '../clip-title.js';
import type { OptionChoice, PrivateCommand } from '../command.js';
import { phrasesFor } from '../language/languages.js';
import type { Phrases } from '../language/phrases.js';
import type { MessageView } from '../message-view.js';
import { cancelPayload } from '../payloads/queue.js';
import { shorten } from '../plain-text.js';
import { sentenceOnly } from '../replies.js';
import { isOwn, mayCancel, viewerOf } from './viewer.js';
import type { Viewer } from './viewer.js';

const ALL = 'all';
const EVERYBODYS = 'all-here';
const MAX_CHOICES = 25; // Discord's limits
const MAX_CHOICE_LENGTH = 100;

/** `/cancel`: takes clips out of the queue, one's own; moderators also those of others in their guild. */
export class CancelCommand implements PrivateCommand {
  readonly name = cancelPayload.name;
  readonly answers = 'privately';
  readonly #queue: JobQueue<ClipJob>;

  constructor(queue: JobQueue<ClipJob>) {
    this.#queue = queue;
  }

  async execute(interaction: ChatInputCommandInteraction): Promise<MessageView> {
    const { line } = phrasesFor(interaction.locale);
    const typed = String(interaction.options.get('what')?.value ?? '').trim();
    const wanted = typed.toLowerCase() === line.all.toLowerCase() ? ALL : typed;
    const viewer = viewerOf(interaction);
    const jobs = this.#chosen(wanted, viewer);
    const ended = await Promise.all(jobs.map(({ id }) => this.#queue.cancel(id)));
    const count = ended.filter(Boolean).length;
    if (count > 0) return sentenceOnly(line.cancelled(count));
    return sentenceOnly(wanted === ALL ? line.noneOfYours : line.unknown);
  }

  autocomplete(interaction: AutocompleteInteraction): readonly OptionChoice[] {
    const phrases = phrasesFor(interaction.locale);
    const viewer = viewerOf(interaction);
    const jobs = this.#queue.list().filter(({ data }) => mayCancel(viewer, data));
    const typed = interaction.options.getFocused().trim().toLowerCase();
    return [...wholes(jobs, viewer, phrases), ...jobs.map((job) => choiceOf(job, viewer, phrases))]
      .filter(({ name }) => name.toLowerCase().includes(typed))
      .slice(0, MAX_CHOICES);
  }

  #chosen(wanted: string, viewer: Viewer): Job<ClipJob>[] {
    const jobs = this.#queue.list().filter(({ data }) => mayCancel(viewer, data));
    if (wanted === ALL) return jobs.filter(({ data }) => isOwn(viewer, data));
    if (wanted === EVERYBODYS) {
      return viewer.mayManage ? jobs.filter(({ data }) => data.guildId === viewer.guildId) : [];
    }
    return jobs.filter(({ id }) => id === wanted);
  }
}

function wholes(jobs: readonly Job<ClipJob>[], viewer: Viewer, { line }: Phrases): OptionChoice[] {
  const own = jobs.filter(({ data }) => isOwn(viewer, data));
  return [
    ...(own.length > 0 ? [{ name: line.all, value: ALL }] : []),
    ...(viewer.mayManage && jobs.length > own.length ? [{ name: line.everybodys, value: EVERYBODYS }] : []),
  ];
}

/** One's own by name, and others' as far as one may see where they asked. */
function choiceOf({ id, data }: Job<ClipJob>, viewer: Viewer, { line }: Phrases): OptionChoice {
  const isShown = isOwn(viewer, data) || viewer.canSee(data.channelId);
  const title = isShown ? jobTitle(data, (words) => words) : line.elsewhere;
  return { name: shorten(title.replace(/\s+/g, ' '), MAX_CHOICE_LENGTH), value: id };
}
