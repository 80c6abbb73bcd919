/** French; people are addressed with "tu". */
import type { Phrases } from '../phrases.js';
import { about } from './about.js';
import { clips } from './clips.js';
import { conversions } from './conversions.js';
import { failures } from './failures.js';
import { forms } from './forms.js';
import { help } from './help.js';
import { jobs } from './jobs.js';
import { line } from './line.js';
import { mentions } from './mentions.js';
import { menus } from './menus.js';
import { recipes } from './recipes.js';
import { rules } from './rules.js';
import { settings } from './settings.js';
import { strengths } from './strengths.js';

export const french: Phrases = {
  about,
  help,
  jobs,
  clips,
  conversions,
  failures,
  forms,
  mentions,
  menus,
  recipes,
  strengths,
  line,
  rules,
  settings,
};
