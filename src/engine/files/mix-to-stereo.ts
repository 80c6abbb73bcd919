/** Where the channels of each layout go: [to the left, to the right], after ITU-R BS.775. */
const HALF = Math.SQRT1_2;
const LEFT = [1, 0] as const;
const RIGHT = [0, 1] as const;
const CENTRE = [HALF, HALF] as const;
const SIDE_LEFT = [HALF, 0] as const;
const SIDE_RIGHT = [0, HALF] as const;
const LOW = [0, 0] as const;

type Weights = readonly [number, number];

/** By number of channels, in the order of WAV and FLAC. */
const LAYOUTS: Readonly<Record<number, readonly Weights[]>> = {
  3: [LEFT, RIGHT, CENTRE],
  4: [LEFT, RIGHT, SIDE_LEFT, SIDE_RIGHT],
  5: [LEFT, RIGHT, CENTRE, SIDE_LEFT, SIDE_RIGHT],
  6: [LEFT, RIGHT, CENTRE, LOW, SIDE_LEFT, SIDE_RIGHT],
  7: [LEFT, RIGHT, CENTRE, LOW, CENTRE, SIDE_LEFT, SIDE_RIGHT],
  8: [LEFT, RIGHT, CENTRE, LOW, SIDE_LEFT, SIDE_RIGHT, SIDE_LEFT, SIDE_RIGHT],
};

/** Two channels of three to eight, scaled so that nothing can clip; one and two stay as they are. */
export function mixToStereo(channels: readonly Float32Array[]): readonly Float32Array[] {
  const layout = LAYOUTS[channels.length];
  if (!layout) return channels;
  return [0, 1].map((side) =>
    mixSide(
      channels,
      layout.map((weights) => weights[side] ?? 0),
    ),
  );
}

/** The mean of one or two channels. */
export function mixToMono(channels: readonly Float32Array[]): Float32Array {
  const [left = new Float32Array(0), right] = channels;
  return right ? left.map((sample, i) => (sample + (right[i] ?? 0)) / 2) : left;
}

function mixSide(channels: readonly Float32Array[], weights: readonly number[]): Float32Array {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mixed = new Float32Array(channels[0]?.length ?? 0);
  channels.forEach((channel, index) => {
    const weight = (weights[index] ?? 0) / total;
    if (weight === 0) return;
    for (let i = 0; i < mixed.length; i++) mixed[i] = (mixed[i] ?? 0) + weight * (channel[i] ?? 0);
  });
  return mixed;
}
