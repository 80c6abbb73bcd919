/** Spanish, as it is understood everywhere; people are addressed with "tú". */
import type { Phrases } from '../phrases.js';
import { clips } from './clips.js';
import { conversions } from './conversions.js';
import { failures } from './failures.js';
import { jobs } from './jobs.js';
import { strengths } from './strengths.js';

export const spanish: Phrases = { jobs, clips, conversions, failures, strengths };
