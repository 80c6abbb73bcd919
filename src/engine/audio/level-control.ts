import { STEPS_PER_BLOCK, gatedLoudness, powerToLufs } from './loudness-meter.js';

/** Steps of 100 ms that the gain is known ahead of the sound: one block, so that a start is met with the right gain. */
export const LOOK_AHEAD_STEPS = STEPS_PER_BLOCK;
/** The level is that of the last 3 s, the "short-term" of EBU R 128. */
const WINDOW_STEPS = 30;
/** The gain goes 63 % of its way in so many steps, or in as many as there have been if these are fewer. */
const FOLLOWING_STEPS = 30;
/** The same when a block comes out louder than the target by more than so many LU. */
const SUDDEN_LU = 3;
const SUDDEN_STEPS = 3;
/** What is quieter than the sound before by more than this is a pause: no reason to turn it up. */
const PAUSE_LU = 20;
/** A pause that is not silent may be what comes next: it is turned up by so many decibels per step. */
const PAUSE_STEP_DB = 0.05;
/** The limiter makes sound quieter, which is made good up to this, averaged over so many steps. */
const LARGEST_MAKE_UP_DB = 5;
const MAKE_UP_STEPS = 50;

/** Decides the gain of each step of 100 ms from the powers of those up to LOOK_AHEAD_STEPS after it. */
export class LevelControl {
  readonly #targetLufs: number;
  readonly #largestBoostDb: number;
  /** Powers of the last steps, the newest at the end; at most WINDOW_STEPS. */
  readonly #powers: number[] = [];
  /** Steps in which there was sound, since the first of them. */
  #heardSteps = 0;
  #gainDb = 0;
  readonly #makeUp = new MakeUp();
  /** Linear gain at the beginning of the step that is about to go out, and at its end. */
  before = 1;
  after = 1;

  constructor(targetLufs: number, largestBoostDb: number) {
    this.#targetLufs = targetLufs;
    this.#largestBoostDb = largestBoostDb;
  }

  /** @param power of the step that has just come in @param outputPower of the one that has just gone out */
  advance(power: number, outputPower: number): void {
    this.#powers.push(power);
    if (this.#powers.length > WINDOW_STEPS) this.#powers.shift();
    const sent = this.#powers.at(-1 - LOOK_AHEAD_STEPS) ?? 0;
    this.#makeUp.advance(sent * ((this.before + this.after) / 2) ** 2, outputPower);
    if (this.#heardSteps > 0 || gatedLoudness(this.#blocks().slice(-1)) > -Infinity) this.#heardSteps += 1;
    if (this.#heardSteps > 0) this.#follow();
    this.before = this.#heardSteps > LOOK_AHEAD_STEPS ? this.after : this.#gain();
    this.after = this.#gain();
  }

  #gain(): number {
    return 10 ** ((this.#gainDb + this.#makeUp.decibels) / 20);
  }

  #follow(): void {
    const blocks = this.#blocks();
    const isStarting = this.#heardSteps <= LOOK_AHEAD_STEPS;
    const pauseLufs = isStarting ? -Infinity : this.#targetLufs - this.#gainDb - PAUSE_LU;
    const newest = powerToLufs(blocks.at(-1) ?? 0);
    if (newest <= pauseLufs) {
      if (gatedLoudness(blocks.slice(-1)) > -Infinity) this.#setGain(this.#gainDb + PAUSE_STEP_DB);
      return;
    }
    const loudness = gatedLoudness(blocks.filter((block) => powerToLufs(block) > pauseLufs));
    if (loudness === -Infinity) return;
    const missing = this.#targetLufs - loudness - this.#gainDb;
    this.#setGain(
      this.#gainDb + (isStarting ? missing : missing * share(Math.min(FOLLOWING_STEPS, this.#heardSteps))),
    );
    const excess = newest + this.#gainDb - this.#targetLufs - SUDDEN_LU;
    if (excess > 0) this.#setGain(this.#gainDb - excess * share(SUDDEN_STEPS));
  }

  #setGain(decibels: number): void {
    this.#gainDb = Math.min(this.#largestBoostDb, decibels);
  }

  /** Powers of the 400 ms blocks of the window; of what there is, at the very beginning. */
  #blocks(): number[] {
    const powers = this.#powers;
    const size = Math.min(STEPS_PER_BLOCK, powers.length);
    return Array.from({ length: powers.length - size + 1 }, (_, i) => {
      let sum = 0;
      for (let step = i; step < i + size; step++) sum += powers[step]!;
      return sum / size;
    });
  }
}

/** What the limiter takes off, on average. */
class MakeUp {
  #sent = 0;
  #received = 0;

  get decibels(): number {
    if (!(this.#received > 0)) return 0;
    return Math.min(LARGEST_MAKE_UP_DB, Math.max(0, 10 * Math.log10(this.#sent / this.#received)));
  }

  /** Powers of one step before and after the limiter. */
  advance(sent: number, received: number): void {
    if (sent === 0) return; // what was learned holds beyond a pause
    this.#sent += (sent - this.#sent) * share(MAKE_UP_STEPS);
    this.#received += (received - this.#received) * share(MAKE_UP_STEPS);
  }
}

/** Of the way that is left, what one step goes when 63 % of all is to take so many. */
function share(steps: number): number {
  return 1 - Math.exp(-1 / steps);
}
