/** What a server has decided, and what the bot keeps about people. */
import { formatsFor } from '../formats.js';

const { list, number, plural } = formatsFor('en');

const clipsOf = (count: number) => `${number(count)} ${plural(count, { one: 'clip', other: 'clips' })}`;

export const settings = {
  title: 'Settings of this server',
  changed: 'Changed.',
  nothingGiven: 'Nothing has changed: please fill in what you want to change.',
  fields: {
    model: 'Model',
    steps: 'Steps',
    length: 'Length',
    language: 'Language',
    channels: 'Channels',
    roles: 'Who may ask',
    deletion: 'Who may delete',
    spoilers: 'Spoilers',
    ageRestricted: 'Age-restricted channels',
    words: 'Banned words',
    queue: 'In the queue',
    hour: 'In an hour',
  },
  asModel: 'as suits the model',
  asBot: 'my default',
  modelGone: (model: string) => `${model} (no longer installed: my default takes its place)`,
  asAsker: 'that of the server, or of who asks',
  atMost: (count: number) => `${number(count)} at most`,
  seconds: (count: number) => `${number(count)} s at most`,
  unlimited: 'as I can',
  everywhere: 'all',
  everybody: 'everybody',
  deleters: {
    requester: 'who asked for it, and moderators',
    moderator: 'moderators',
    everybody: 'everybody',
  },
  spoilers: { never: 'never', listed: 'in no channel', always: 'always' },
  ageRules: {
    same: 'as everywhere',
    'any-words': 'banned words are allowed there',
    only: 'clips are made there and nowhere else',
  },
  noWords: 'none',
  perPerson: (clips: number) => `${clipsOf(clips)} for each person`,
  perServer: (clips: number) => `${clipsOf(clips)} for the server`,
  asOperator: 'as many as I allow everywhere',
  list,
  unknownModel: (models: readonly string[]) => `I have no such model. There are: ${list(models)}.`,
  unusableWords: (words: readonly string[]) =>
    `There are no letters in ${list(words)}. Please give words of letters or figures.`,
  tooLongWords: (max: number) => `Please give words of at most ${number(max)} characters.`,
  tooMany: (max: number) => `There is room for ${number(max)} of them. Please remove some first.`,
  notMember: 'I am not a member of this server: please invite me first.',
  forgotten: (clips: number) =>
    (clips === 0 ? '' : `${clipsOf(clips)} cancelled. `) +
    'I have removed the files, words and counts that I kept about you. ' +
    'What stays: the messages that I have posted, which their Delete button removes; and, in memory for an hour at most, how many clips you have asked for, so that the limits hold.',
};
