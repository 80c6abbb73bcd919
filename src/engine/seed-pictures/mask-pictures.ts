/**
 * Masks for images made from images: what is white is painted anew, what is black stays, and grey is between the two, as
 * in riffusion. They are drawn for a picture of any size.
 */
import { EngineError } from '../errors.js';
import { IMAGE_MAX_PIXELS } from '../limits.js';
import type { SpectrogramPicture } from '../spectrogram/spectrogram-picture.js';

export interface MaskPictureDescription {
  readonly name: string;
  /** What stays and what changes, in some words without a full stop. */
  readonly description: string;
}

export interface MaskPictureOptions {
  /** In the picture; for the masks that keep the beat. @defaultValue 8 */
  readonly beats?: number;
}

/** A place in the picture: from the left 0..1, and from the bottom 0..1, at the middle of the pixel. */
interface Place {
  readonly x: number;
  readonly y: number;
  readonly beats: number;
  /** Pixels. */
  readonly width: number;
}

interface Mask extends MaskPictureDescription {
  /** 0 stays, 1 is painted anew. */
  readonly repaint: (place: Place) => number;
}

/** Share of a beat on either side of it that the beat mask holds: about 60 ms at 94 beats per minute. */
const BEAT_REACH = 0.1;
/** Pixels on either side that it holds at least: a latent is eight wide, and thinner lines could fall between two. */
const BEAT_REACH_MIN = 4.5;
/** Where it begins to hold, above the bass. */
const BEAT_BOTTOM = 0.6;
const SOFT_EDGE = 0.08;

const MASKS: readonly Mask[] = [
  {
    name: 'gradient-top',
    description: 'holds the high frequencies, the less the lower they are, down to the middle',
    repaint: ({ y }) => Math.min(1, 0.125 + 1.75 * (1 - y)),
  },
  {
    name: 'top-third',
    description: 'holds the upper third a little: cymbals stay near, the rest is free',
    repaint: ({ y }) => (y > 2 / 3 ? 0.75 : 1),
  },
  {
    name: 'bass-kept',
    description: 'keeps the lowest eighth, where bass and bass drum are, and paints all above it',
    repaint: ({ y }) => ramp(y, 1 / 8, SOFT_EDGE),
  },
  {
    name: 'beat-lines',
    description: 'holds the high frequencies on each beat, so that the hits stay where they are',
    repaint: (place) => (place.y > BEAT_BOTTOM && isOnBeat(place) ? 0.2 : 1),
  },
  {
    name: 'second-half',
    description: 'keeps the first half and paints the second: to go on from what is there',
    repaint: ({ x }) => (x < 0.5 ? 0 : 1),
  },
  {
    name: 'first-half',
    description: 'keeps the second half and paints the first: to lead up to what is there',
    repaint: ({ x }) => (x < 0.5 ? 1 : 0),
  },
  {
    name: 'middle',
    description: 'keeps both ends, with soft edges: to join what is before to what is after',
    repaint: ({ x }) => ramp(Math.min(x, 1 - x), 0.25, SOFT_EDGE),
  },
  {
    name: 'edges',
    description: 'keeps the middle, with soft edges, and paints both ends: to make a loop of a clip',
    repaint: ({ x }) => 1 - ramp(Math.min(x, 1 - x), 0.15, SOFT_EDGE),
  },
];

/** All of them. */
export const MASK_PICTURES: readonly MaskPictureDescription[] = MASKS.map(({ name, description }) => ({
  name,
  description,
}));

/**
 * A mask as a picture, its three planes alike.
 *
 * @throws EngineError `invalid_request` when there is none of that name, or the size or the beats make no sense
 */
export function createMaskPicture(
  name: string,
  width: number,
  height: number,
  { beats = 8 }: MaskPictureOptions = {},
): SpectrogramPicture {
  const mask = findMask(name);
  check(width, height, beats);
  const rgb = new Uint8Array(width * height * 3);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const place = { x: (column + 0.5) / width, y: 1 - (row + 0.5) / height, beats, width };
      const pixel = 3 * (row * width + column);
      rgb.fill(Math.round(255 * mask.repaint(place)), pixel, pixel + 3);
    }
  }
  return { width, height, rgb };
}

/** 0 below `middle`, 1 above it, and a straight line between the two that is `reach` wide. */
function ramp(x: number, middle: number, reach: number): number {
  return Math.min(1, Math.max(0, 0.5 + (x - middle) / reach));
}

/** The picture begins on a beat, and wraps around. */
function isOnBeat({ x, beats, width }: Place): boolean {
  const beat = x * beats;
  return Math.abs(beat - Math.round(beat)) < Math.max(BEAT_REACH, (BEAT_REACH_MIN * beats) / width);
}

function findMask(name: string): Mask {
  const mask = MASKS.find((candidate) => candidate.name === name);
  if (mask) return mask;
  const names = MASKS.map((candidate) => candidate.name).join(', ');
  throw new EngineError('invalid_request', `There is no mask "${name}". There are: ${names}.`);
}

function check(width: number, height: number, beats: number): void {
  if (!isWholeAndPositive(width) || !isWholeAndPositive(height) || width * height > IMAGE_MAX_PIXELS) {
    throw new EngineError(
      'invalid_request',
      `A mask must be of at least 1 x 1 and at most ${IMAGE_MAX_PIXELS} pixels, got ${width} x ${height}.`,
    );
  }
  if (isWholeAndPositive(beats)) return;
  throw new EngineError(
    'invalid_request',
    `The beats of a mask must be a whole number of at least 1, got ${beats}.`,
  );
}

function isWholeAndPositive(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}
