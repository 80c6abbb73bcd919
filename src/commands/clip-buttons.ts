/**
 * The buttons under clips that the model has made. What they need to know is in the message: in its files, and in the
 * buttons' own ids.
 */
import { ButtonStyle, ComponentType } from 'discord.js';
import type { APIButtonComponentWithCustomId, APIMessageTopLevelComponent } from 'discord.js';

import { PICTURES_MAX } from '../engine/limits.js';
import type { GeneratedClip } from '../engine/music-engine.js';
import type { GeneratingKind, JobOf } from './clip-job.js';
import { postPhrases } from './clip-parts.js';
import { formatCustomId } from './custom-id.js';
import type { Phrases } from './language/phrases.js';
import { packOrigin } from './packed-origin.js';

export const AGAIN_ACTION = 'again';
/** Its argument is the strength, and after a slash which clip of the message. */
export const VARY_ACTION = 'vary';
/** The argument of these is which clip of the message, from 0. */
export const REMIX_ACTION = 'remix';
export const LONGER_ACTION = 'longer';
export const RECIPE_ACTION = 'recipe';
export const VOICE_MESSAGE_ACTION = 'voice-message';
export const SOUNDBOARD_ACTION = 'soundboard';
/** Beside which clip, whether its end meets its beginning already. */
export const LOOP_ACTION = 'loop';
/** Its argument is who asked for the clip. */
export const DELETE_ACTION = 'delete';

const VARIATIONS = { varyLittle: 0.3, varyLot: 0.6 } as const;

type Button = APIButtonComponentWithCustomId;
type GeneratedData = JobOf<GeneratingKind>;

/** Above what makes other clips of this one, below what else to do with it. */
export function clipButtons(data: GeneratedData, clip: GeneratedClip): APIMessageTopLevelComponent[] {
  const phrases = postPhrases(data);
  const labels = phrases.clips.buttons;
  return [
    row([
      ...againButton(data, phrases),
      button(labels.varyLittle, VARY_ACTION, String(VARIATIONS.varyLittle)),
      button(labels.varyLot, VARY_ACTION, String(VARIATIONS.varyLot)),
      button(labels.remix, REMIX_ACTION, '0'),
      ...longerButton(clip, 0, labels.longer),
    ]),
    row([
      loopButton(clip, 0, labels.loop),
      button(labels.voiceMessage, VOICE_MESSAGE_ACTION, '0'),
      button(labels.soundboard, SOUNDBOARD_ACTION, '0'),
      button(labels.recipe, RECIPE_ACTION, '0'),
      deleteButton(data, phrases),
    ]),
  ];
}

/** A row for each clip, with its number, and one for all of them. */
export function batchButtons(
  data: GeneratedData,
  clips: readonly GeneratedClip[],
): APIMessageTopLevelComponent[] {
  const phrases = postPhrases(data);
  const labels = phrases.clips.buttons;
  const rows = clips.map((clip, position) => {
    const numbered = (label: string) => `${position + 1} · ${label}`;
    return row([
      button(numbered(labels.vary), VARY_ACTION, `${VARIATIONS.varyLot}/${position}`),
      button(numbered(labels.remix), REMIX_ACTION, String(position)),
      ...longerButton(clip, position, numbered(labels.longer)),
      loopButton(clip, position, numbered(labels.loop)),
      button(numbered(labels.recipe), RECIPE_ACTION, String(position)),
    ]);
  });
  return [...rows, row([...againButton(data, phrases), deleteButton(data, phrases)])];
}

/** None where what the clip was made of is in no message, so that nobody could find it again. */
function againButton(data: GeneratedData, { clips }: Phrases): Button[] {
  const argument = ancestry(data);
  return argument === undefined ? [] : [button(clips.buttons.again, AGAIN_ACTION, argument)];
}

/** What a clip was made of beside words: the kind of job, and the messages of its clips. */
function ancestry(data: GeneratedData): string | undefined {
  if (data.kind === 'riff' || (data.kind === 'morph' && !data.input)) return '';
  const inputs = data.kind === 'morph' ? [data.input, data.endInput] : [data.input];
  const origins = inputs.filter((input) => input !== undefined).map(({ origin }) => origin);
  const packed = origins.map((origin) => origin && packOrigin(origin));
  return packed.includes(null) ? undefined : [data.kind, ...packed].join('/');
}

/** None where it would be too long, or where the clip ends within a picture. */
function longerButton({ recipe }: GeneratedClip, position: number, label: string): Button[] {
  const isWhole = recipe.seconds === undefined;
  const fits = 2 * (recipe.pictures ?? 1) <= PICTURES_MAX;
  return isWhole && fits ? [button(label, LONGER_ACTION, String(position))] : [];
}

function loopButton({ loops }: GeneratedClip, position: number, label: string): Button {
  return button(label, LOOP_ACTION, `${position}/${loops ? 'loops' : 'open'}`);
}

function deleteButton({ userId }: GeneratedData, { clips }: Phrases): Button {
  return button(clips.buttons.delete, DELETE_ACTION, userId);
}

function button(label: string, action: string, argument: string): Button {
  const custom_id = formatCustomId({ action, argument });
  return { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id };
}

function row(components: Button[]): APIMessageTopLevelComponent {
  return { type: ComponentType.ActionRow, components };
}
