/** English, the measure of all languages: one file for each topic. */
import { clips } from './clips.js';
import { conversions } from './conversions.js';
import { failures } from './failures.js';
import { jobs } from './jobs.js';
import { strengths } from './strengths.js';

export const english = { jobs, clips, conversions, failures, strengths };
