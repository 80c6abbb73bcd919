/** What the strength of image to image does: from the first clip to the prompt. */
import { weightedSum } from '../src/engine/math/weighted-sum.js';
import { SeededRandom } from '../src/engine/math/random.js';
import { mean, printTable } from './markdown.js';
import { greyDistance } from './pieces/grey-pictures.js';
import { latentsOf, openShippedPipeline, pointOf } from './pieces/shipped-pipeline.js';
import { openEmbeddedModel } from './speed/embedded-model.js';
import type { TestModel } from './speed/test-bench.js';

const CLIPS = 10;
const STRENGTHS = [0, 0.25, 0.5, 0.75, 1];
/** Noise levels at which the network is asked which of two prompts a clip is more likely to belong to. */
const LEVELS = [0.3, 0.45, 0.6, 0.75, 0.9];

/** How far a remix is from where it came from and from where it was to go. */
interface Distances {
  /** Mean grey levels between the pictures of the remix and of the first clip. */
  readonly toClip: number;
  /** And of what the prompt and the seed make without a first clip. */
  readonly toPromptAlone: number;
  /** How much better the first clip's prompt explains the remix than the remix's own, in flow loss. */
  readonly toPrompt: number;
}

/** Each row is a strength; every clip is remixed towards the prompt of the next but two. */
export async function benchStrength(): Promise<void> {
  const pipeline = await openShippedPipeline();
  const judge = await openEmbeddedModel(CLIPS);
  const prompts = pipeline.config.defaults.samplePrompts.slice(0, CLIPS);
  const remixes: Distances[][] = [];
  for (const [index, ownPrompt] of prompts.entries()) {
    const target = (index + 3) % CLIPS;
    const start = pointOf(pipeline, prompts[target]!, 100 + index);
    const init = await pipeline.decode(
      await latentsOf(pipeline, { start: pointOf(pipeline, ownPrompt, index) }),
    );
    const alone = await pipeline.decode(await latentsOf(pipeline, { start }));
    const distances: Distances[] = [];
    for (const strength of STRENGTHS) {
      const latents = await latentsOf(pipeline, { start: { ...start, strength }, init });
      const remix = await pipeline.decode(latents);
      distances.push({
        toClip: greyDistance(remix, init),
        toPromptAlone: greyDistance(remix, alone),
        toPrompt: (await flowLoss(judge, latents, target)) - (await flowLoss(judge, latents, index)),
      });
    }
    remixes.push(distances);
  }
  await pipeline.dispose();
  print(remixes);
}

/** How badly the network explains a clip by a prompt (Li et al. 2023: diffusion models as classifiers). */
async function flowLoss(model: TestModel, latents: Float32Array, prompt: number): Promise<number> {
  const embeds = model.prompts[prompt]!;
  const guidance = { promptEmbeds: embeds, negativePromptEmbeds: embeds, guidanceScale: 1 };
  const denoise = model.unet.guidedBy({ ...guidance, latentShape: model.latentShape });
  const losses: number[] = [];
  for (const [index, level] of LEVELS.entries()) {
    // The same noise for every prompt, so that their losses can be compared.
    const noise = new Float32Array(latents.length);
    new SeededRandom(1000 + index).fillGaussian(noise);
    const noisy = weightedSum([1 - level, latents], [level, noise]);
    const velocity = await denoise(noisy, level * model.schedulerConfig.num_train_timesteps);
    const error = weightedSum([1, velocity], [-1, noise], [1, latents]);
    losses.push(error.reduce((sum, value) => sum + value * value, 0) / error.length);
  }
  return mean(losses);
}

function print(remixes: readonly Distances[][]): void {
  const cell = (strength: number, key: keyof Distances, digits: number): string => {
    const values = remixes.map((distances) => distances[strength]![key]);
    return `${mean(values).toFixed(digits)} (${risingClips(remixes, strength, key)})`;
  };
  printTable(
    `Strength, mean over ${remixes.length} clips (of how many it is further on the way than at the strength before)`,
    ['strength', 'to the first clip', 'to what the prompt makes alone', 'to the prompt, flow loss'],
    STRENGTHS.map((strength, index) => [
      String(strength),
      cell(index, 'toClip', 1),
      cell(index, 'toPromptAlone', 1),
      cell(index, 'toPrompt', 4),
    ]),
  );
}

/** Clips that are further from the first clip, or nearer to the prompt, than at the strength before. */
function risingClips(remixes: readonly Distances[][], strength: number, key: keyof Distances): string {
  if (strength === 0) return '–';
  const sign = key === 'toClip' ? 1 : -1;
  const further = remixes.filter(
    (distances) => sign * (distances[strength]![key] - distances[strength - 1]![key]) > 0,
  );
  return String(further.length);
}
