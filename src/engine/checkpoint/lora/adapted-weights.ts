import type { NamedWeights, TensorLocation, WeightDelta } from '../weight-source.js';

/** The weights of a network with changes to be added to them when a graph is loaded. */
export class AdaptedWeights implements NamedWeights {
  readonly #base: NamedWeights;
  readonly #deltas: ReadonlyMap<string, readonly WeightDelta[]>;

  /** @param deltas by the name of the weight, of its size; those of scale 0 leave no trace */
  constructor(base: NamedWeights, deltas: ReadonlyMap<string, readonly WeightDelta[]>) {
    this.#base = base;
    this.#deltas = deltas;
  }

  get names(): readonly string[] {
    return this.#base.names;
  }

  find(name: string): TensorLocation | undefined {
    return this.#base.find(name);
  }

  deltasOf(name: string): readonly WeightDelta[] {
    const deltas = [...(this.#base.deltasOf?.(name) ?? []), ...(this.#deltas.get(name) ?? [])];
    return deltas.filter(({ scale }) => scale !== 0);
  }
}
