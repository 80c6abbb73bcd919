import type { GenerationRequest } from '../../engine/generation-request.js';
import { inputsOf } from '../clip-job.js';
import type { ClipWork } from '../clip-job.js';
import type { Asker } from './asker.js';
import { bannedWord, hasBannedWord } from './banned-words/banned-word.js';
import type { GuildSettings } from './guild-settings.js';
import { RuleError } from './rule-breach.js';
import type { RuleBreach } from './rule-breach.js';
import type { SettingsStore } from './settings-store.js';

/** What rules need to know of a model. */
export interface InstalledModel {
  readonly name: string;
  /** Steps that it takes when nobody says how many. */
  readonly numInferenceSteps: number;
}

export interface HouseRulesOptions {
  readonly settings: SettingsStore;
  /** The bot's default first. */
  readonly models: readonly InstalledModel[];
}

/** How the clips of a guild are shown. */
export interface PostStyle {
  readonly isSpoiler: boolean;
  /** Of what everybody reads; null = nobody has decided. */
  readonly language: string | null;
}

/** Seconds of one picture as wide as they are unless somebody says otherwise. */
const COLUMNS_PER_SECOND = 100;
const PICTURE_COLUMNS = 512;

/** Holds what people ask for against what their guild has decided. */
export class HouseRules {
  readonly #options: HouseRulesOptions;

  constructor(options: HouseRulesOptions) {
    this.#options = options;
  }

  /** Whether this person may ask for clips in this place. @throws RuleError */
  checkAsker({ guildId, channelIds, roleIds, isAgeRestricted }: Asker): void {
    const settings = this.#options.settings.read(guildId);
    const isListed = (listed: readonly string[], ids: readonly string[]) =>
      listed.length === 0 || ids.some((id) => listed.includes(id));
    if (!isListed(settings.channelIds, channelIds)) {
      refuse({ rule: 'channel', channelIds: settings.channelIds });
    }
    if (!isListed(settings.roleIds, roleIds)) refuse({ rule: 'role', roleIds: settings.roleIds });
    if (settings.ageRestricted === 'only' && !isAgeRestricted) refuse({ rule: 'age-restricted-only' });
  }

  /** The work with the guild's defaults in place of what was left open. @throws RuleError */
  applyTo<Work extends ClipWork>(work: Work, asker: Asker): Work {
    const settings = this.#options.settings.read(asker.guildId);
    const isFree = settings.ageRestricted === 'any-words' && asker.isAgeRestricted;
    if (!isFree) checkWords(work, settings);
    if (!('request' in work)) return work;
    checkRequest(work.request, settings);
    return { ...work, request: this.#withDefaults(work.request, settings) };
  }

  styleFor({ guildId, channelIds }: Asker): PostStyle {
    const { spoilers, spoilerChannelIds, language } = this.#options.settings.read(guildId);
    const isHidden = spoilers === 'listed' && channelIds.some((id) => spoilerChannelIds.includes(id));
    return { isSpoiler: isHidden || spoilers === 'always', language };
  }

  #withDefaults(request: GenerationRequest, settings: GuildSettings): GenerationRequest {
    const { models } = this.#options;
    // A model that is no longer installed is nobody's to ask for; /settings says that it is gone.
    const chosen = models.find(({ name }) => name === settings.model);
    const model = request.model ?? chosen?.name;
    const { maxSteps, numInferenceSteps: wanted } = settings;
    const own = (models.find(({ name }) => name === model) ?? models[0])?.numInferenceSteps;
    const steps = request.numInferenceSteps ?? wanted ?? own;
    const isOpen = request.numInferenceSteps === undefined;
    const isChanged = wanted !== null || (maxSteps !== null && steps !== undefined && steps > maxSteps);
    return {
      ...request,
      model,
      ...(isOpen && isChanged && { numInferenceSteps: Math.min(steps ?? Infinity, maxSteps ?? Infinity) }),
    };
  }
}

function checkWords(work: ClipWork, { bannedWords }: GuildSettings): void {
  const words = bannedWords.flatMap((word) => bannedWord(word) ?? []);
  if (textsOf(work).some((text) => hasBannedWord(text, words))) refuse({ rule: 'banned-word' });
}

/** Everything that people have written and that the bot would show. */
function textsOf(work: ClipWork): string[] {
  const names = inputsOf(work).map(({ name }) => name);
  const title = 'title' in work ? [work.title] : [];
  if (!('request' in work)) return [...names, ...title];
  const { prompt, negativePrompt, end } = work.request;
  const ofEnd = [end?.prompt, end?.negativePrompt].filter((text) => text !== undefined);
  return [prompt, negativePrompt, ...ofEnd, ...names];
}

function checkRequest(request: GenerationRequest, { maxSteps, maxSeconds }: GuildSettings): void {
  const { numInferenceSteps } = request;
  if (maxSteps !== null && numInferenceSteps !== undefined && numInferenceSteps > maxSteps) {
    refuse({ rule: 'steps', max: maxSteps });
  }
  if (maxSeconds !== null && secondsOf(request) > maxSeconds) refuse({ rule: 'length', maxSeconds });
}

/** How long a clip will be; a single picture is never too long. */
function secondsOf({ seconds, pictures = 1, width = PICTURE_COLUMNS }: GenerationRequest): number {
  if (seconds !== undefined) return seconds;
  return pictures === 1 ? 0 : (pictures * width) / COLUMNS_PER_SECOND;
}

function refuse(breach: RuleBreach): never {
  throw new RuleError(breach);
}
