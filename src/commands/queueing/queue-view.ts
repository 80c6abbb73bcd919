/** The queue, as one person sees it. */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIButtonComponentWithCustomId, APIMessageTopLevelComponent } from 'discord.js';

import type { Job } from '../../queue/job.js';
import type { ClipJob } from '../clip-job.js';
import { EMBED_COLOR } from '../clip-parts.js';
import { jobTitle } from '../clip-title.js';
import { formatCustomId } from '../custom-id.js';
import type { Phrases } from '../language/phrases.js';
import type { MessageView } from '../message-view.js';
import { plainText, shorten } from '../plain-text.js';
import { isOwn } from './viewer.js';
import type { Viewer } from './viewer.js';

/** Action of the buttons; their argument is the job. */
export const CANCEL_LISTED_ACTION = 'cancel-listed';

// So that all lines together are within the 4096 characters of an embed, even if every other one is escaped.
const LISTED_MAX = 10;
const TITLE_LENGTH = 40;
const BUTTONS_PER_ROW = 5;
const BUTTONS_MAX = 10;

interface Place {
  /** From 1, among all that are active or wait. */
  readonly number: number;
  readonly job: Job<ClipJob>;
}

/** @param jobs - In the order in which they run. */
export function queueView(jobs: readonly Job<ClipJob>[], viewer: Viewer, phrases: Phrases): MessageView {
  const { line } = phrases;
  if (jobs.length === 0) return { content: line.empty, embeds: [], components: [] };
  const places = jobs.map((job, index) => ({ job, number: index + 1 }));
  const own = places.filter(({ job }) => isOwn(viewer, job.data));
  // One's own are of interest wherever they are.
  const listed = [...places.slice(0, LISTED_MAX), ...own.filter(({ number }) => number > LISTED_MAX)];
  const lines = listed.slice(0, LISTED_MAX + BUTTONS_MAX).map((place) => entry(place, viewer, phrases));
  const rest = jobs.length - lines.length;
  const description = [...lines, ...(rest > 0 ? [line.more(rest)] : [])].join('\n');
  return {
    content: '',
    embeds: [{ color: EMBED_COLOR, title: line.title, description }],
    components: cancelRows(own.slice(0, BUTTONS_MAX), phrases),
  };
}

function entry({ number, job }: Place, viewer: Viewer, { line }: Phrases): string {
  const { data } = job;
  const place = job.state === 'active' ? `**${number}.** (${line.active})` : `**${number}.**`;
  if (isOwn(viewer, data)) return `${place} ${listedTitle(data)} (${line.yours})`;
  const isHere = viewer.guildId !== null && data.guildId === viewer.guildId && viewer.canSee(data.channelId);
  return isHere ? `${place} ${listedTitle(data)} <@${data.userId}>` : `${place} ${line.elsewhere}`;
}

/** What the guild's rules hide, the list hides too. */
function listedTitle(data: ClipJob): string {
  const title = jobTitle(data, (words) => plainText(shorten(words, TITLE_LENGTH)));
  return data.isSpoiler === true ? `||${title}||` : title;
}

function cancelRows(places: readonly Place[], { line }: Phrases): APIMessageTopLevelComponent[] {
  const buttons = places.map(({ number, job }): APIButtonComponentWithCustomId => ({
    type: ComponentType.Button,
    style: ButtonStyle.Secondary,
    label: line.cancel(number),
    custom_id: formatCustomId({ action: CANCEL_LISTED_ACTION, argument: job.id }),
  }));
  const rows = Array.from({ length: Math.ceil(buttons.length / BUTTONS_PER_ROW) }, (_, row) =>
    buttons.slice(row * BUTTONS_PER_ROW, (row + 1) * BUTTONS_PER_ROW),
  );
  return rows.map((components) => ({ type: ComponentType.ActionRow, components }));
}
