import type { ExecutionProvider } from '../runtime/execution-provider.js';

/**
 * Which execution providers took the engine process down before it had made anything on them. A driver may well start,
 * and then end the process when a large network is loaded; the next process must not try it again.
 */
export class ProviderTrial {
  readonly #crashed = new Set<ExecutionProvider>();
  #onTrial: ExecutionProvider | undefined;

  get crashed(): readonly ExecutionProvider[] {
    return [...this.#crashed];
  }

  /** Networks are about to be loaded for this one. */
  began(provider: ExecutionProvider): void {
    // A process that dies while it uses the CPU died of something else, and there is nothing to turn to.
    this.#onTrial = provider === 'cpu' ? undefined : provider;
  }

  /** Something was made: what happens later is another matter. */
  passed(): void {
    this.#onTrial = undefined;
  }

  /** The process died. @returns the provider that is counted as crashed because of that */
  ended(): ExecutionProvider | undefined {
    const provider = this.#onTrial;
    this.#onTrial = undefined;
    if (provider !== undefined) this.#crashed.add(provider);
    return provider;
  }
}
