/** Periodic Hann window: 0.5 - 0.5 cos(2 pi i / length), the default of torch.hann_window. */
export function periodicHann(length: number): Float64Array {
  return Float64Array.from({ length }, (_, i) => 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / length));
}
