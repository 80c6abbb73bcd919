/** The model, and how well it does: `/about`. */
import { formatsFor } from '../formats.js';

const { number, percent } = formatsFor('en');

export const about = {
  intro: 'I make music on the machine that I run on: no other service hears your words or your clips.',
  model: 'Model',
  licence: 'Licence',
  notStated: 'not stated',
  /** Of the bot itself. */
  software: 'Program',
  otherModels: 'Other models here',
  measured: (clips: number) => `Measured on ${number(clips)} clips`,
  percent,
  /** Of clips, and beside it the same of music that the model has not made. */
  shares: (generated: number, real: number) => `${percent(generated)} (other music: ${percent(real)})`,
  measures: {
    genre: 'the genre is the one asked for',
    genreTopThree: 'it is among the first three guesses',
    lead: 'the lead instrument is the one asked for',
    drums: 'drums are there, or not, as asked for',
    tempo: 'the tempo is as asked for, to two percent',
  },
  judge:
    'A program that has learned to tell music apart listened to them. In brackets: the same of music that the model has not made.',
  notMeasured: 'Nothing has been measured of this model.',
};
