import { Command } from 'commander';

import { throwIfCancelled } from '../../engine/cancellation.js';
import type { GeneratedClip } from '../../engine/music-engine.js';
import { understoodWords } from '../../engine/understanding/trait-words.js';
import { CliError } from '../cli-error.js';
import { ClipPaths } from '../clip-paths.js';
import type { CommandContext } from '../command-context.js';
import { saveFiles, audioFormatOf } from '../output-file.js';
import { table } from '../output.js';
import { ProgressBar } from '../progress-bar.js';
import { addRiffOptions } from '../riff-options.js';
import type { RiffOptions } from '../riff-options.js';
import { requestFromOptions, requestFromRecipe } from '../riff-request.js';

export function riffCommand(context: CommandContext): Command {
  const command = new Command('riff')
    .description('make a clip from a prompt: a picture and a sound file')
    .argument('[prompt...]', 'what you would like to hear');
  return addRiffOptions(command)
    .option('--json', 'print one JSON object')
    .action((words: string[], options: RiffOptions) => riff(context, words.join(' '), options));
}

async function riff(context: CommandContext, prompt: string, options: RiffOptions): Promise<void> {
  const engine = context.parts.createEngine();
  const bar = new ProgressBar(context.terminal);
  const startedAt = performance.now();
  try {
    const { signal } = context;
    const wanted = { ...options, format: chosenFormat(options) };
    const request =
      options.recipe === undefined
        ? await requestFromOptions(prompt, wanted)
        : await requestFromRecipe(options.recipe, prompt, wanted, engine);
    const paths = await ClipPaths.plan(request, options);
    const clip = await engine.generate(request, { signal, onProgress: (progress) => bar.show(progress) });
    throwIfCancelled(signal);
    const { picture, audio } = await paths.resolve();
    await saveFiles([
      { path: audio, bytes: clip.audio.bytes },
      { path: picture, bytes: clip.picture },
    ]);
    bar.stop();
    report(context, clip, { picture, audio }, (performance.now() - startedAt) / 1000);
  } finally {
    bar.stop();
    await engine.dispose();
  }
}

/** The ending of --out decides, unless --format says the same. */
function chosenFormat({ out, format }: RiffOptions): string | undefined {
  const fromName = out === undefined ? undefined : audioFormatOf(out);
  if (fromName !== undefined && format !== undefined && fromName !== format) {
    throw new CliError(
      'usage',
      `--out ends as ${fromName}, but --format says ${format}: leave one of them out.`,
    );
  }
  return fromName ?? format;
}

interface Paths {
  readonly picture: string;
  readonly audio: string;
}

function report(context: CommandContext, clip: GeneratedClip, files: Paths, elapsedSeconds: number): void {
  const { recipe, audio, isPromptTruncated, understood } = clip;
  const { prompt, negativePrompt, seed } = recipe;
  const { format, durationSeconds, sampleRate, numberOfChannels } = audio;
  const realTimeFactor = elapsedSeconds / durationSeconds;
  const result = {
    files,
    prompt,
    seed,
    durationSeconds,
    elapsedSeconds,
    realTimeFactor,
    audio: { format, sampleRate, numberOfChannels },
    isPromptTruncated,
    ...(understood && { understood }),
    recipe,
  };
  const rows = [
    ['Sound', files.audio],
    ['Picture', files.picture],
    ['Prompt', prompt],
    ...(isPromptTruncated
      ? [['', '(the model hears only the beginning of a prompt this long)'] as const]
      : []),
    ...understoodRows(clip),
    ...(negativePrompt === '' ? [] : [['Without', negativePrompt] as const]),
    ['Seed', String(seed)],
    ['Duration', `${durationSeconds.toFixed(2)} s`],
    ['Made in', `${elapsedSeconds.toFixed(1)} s (real-time factor ${realTimeFactor.toFixed(2)})`],
  ] as const;
  context.output.result(result, table(rows));
}

/** None of a model that does not tell. */
function understoodRows({
  understood,
  recipe: { bpm },
}: GeneratedClip): readonly (readonly [string, string])[] {
  if (!understood) return [];
  const words = understoodWords(understood, bpm);
  return [['Understood', words.length > 0 ? words.join(', ') : 'none of these words, so this is a surprise']];
}
