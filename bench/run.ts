/** `npm run bench`: every table of bench/README.md, or those named: sound, clip, slash-command, voice-frames. */
import { benchClip } from './clip.js';
import { benchSlashCommand } from './slash-command.js';
import { benchSound } from './sound.js';
import { printMachine } from './machine.js';
import { benchVoiceFrames } from './voice-frames.js';

const benches: Record<string, () => Promise<void> | void> = {
  sound: benchSound,
  clip: benchClip,
  'slash-command': benchSlashCommand,
  'voice-frames': benchVoiceFrames,
};

printMachine();
const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of names.length > 0 ? names : Object.keys(benches)) await benches[name]?.();
}
