/** The sound engine's targets, each beside its baseline in the same run. */
import { loadBenchClips } from './sound/bench-clips.js';
import { benchRoundTrip } from './sound/round-trip-table.js';
import { benchScaling } from './sound/scaling.js';
import { benchSeams } from './sound/seam-table.js';
import { benchSynthesis } from './sound/synthesis-table.js';
import { Torchaudio } from './sound/torchaudio.js';
import { benchWholeChain } from './sound/whole-chain-table.js';

/** Prints the tables and writes docs/sound/scaling-*.svg; about ten minutes with torchaudio, two without. */
export async function benchSound(): Promise<void> {
  const clips = await loadBenchClips();
  const torchaudio = await Torchaudio.start();
  await benchSynthesis(clips, torchaudio);
  await benchWholeChain(clips, torchaudio);
  await benchRoundTrip(clips, torchaudio);
  await torchaudio?.stop();
  await benchSeams();
  await benchScaling();
}
