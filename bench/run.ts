/**
 * `npm run bench`: the tables of bench/README.md, or those named. The others run only when they are named: they take long,
 * or make what the pages in docs show.
 */
import { benchAcknowledgements } from './acknowledgements.js';
import { benchCheckpoint } from './checkpoint.js';
import { benchClip } from './clip.js';
import { benchCodec } from './codec.js';
import { benchExamples } from './examples.js';
import { benchFft } from './fft.js';
import { benchFrontier } from './frontier.js';
import { benchFuzz } from './fuzz.js';
import { benchQueue } from './queue.js';
import { benchModelExamples } from './model-examples.js';
import { benchMessages } from './messages.js';
import { benchPieces } from './pieces.js';
import { benchRemix } from './remix.js';
import { benchSeedPictures } from './seed-pictures.js';
import { benchSlashCommand } from './slash-command.js';
import { benchSound } from './sound.js';
import { benchSpeed } from './speed.js';
import { benchStrength } from './strength.js';
import { printMachine } from './machine.js';
import { benchVoiceFrames } from './voice-frames.js';

const benches: Record<string, () => Promise<void> | void> = {
  sound: benchSound,
  clip: benchClip,
  'slash-command': benchSlashCommand,
  'voice-frames': benchVoiceFrames,
  fft: benchFft,
  frontier: benchFrontier,
  examples: benchExamples,
  'seed-pictures': benchSeedPictures,
  checkpoint: benchCheckpoint,
  speed: benchSpeed,
  pieces: benchPieces,
  strength: benchStrength,
  remix: benchRemix,
  codec: benchCodec,
  'model-examples': benchModelExamples,
  queue: benchQueue,
  acknowledgements: benchAcknowledgements,
  fuzz: benchFuzz,
  messages: benchMessages,
};
const usual = ['sound', 'clip', 'slash-command', 'voice-frames', 'fft'];

printMachine();
const names = process.argv.slice(2);
const unknown = names.filter((name) => !(name in benches));
if (unknown.length > 0) {
  console.error(`No such bench: ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
} else {
  for (const name of names.length > 0 ? names : usual) await benches[name]?.();
}
