import type { GraphBuilder, Value } from '../onnx/graph-builder.js';

/** A place in a network, by the dotted path that its weights' names begin with. */
export class LayerScope {
  readonly graph: GraphBuilder;
  readonly #path: string;

  /** @param path empty = the root */
  constructor(graph: GraphBuilder, path = '') {
    this.graph = graph;
    this.#path = path;
  }

  child(name: string | number): LayerScope {
    return new LayerScope(this.graph, this.#join(String(name)));
  }

  hasWeight(name: string): boolean {
    return this.graph.hasWeight(this.#join(name));
  }

  /** As float32. @throws EngineError `model_corrupt`, see `GraphBuilder.weight` */
  weight(name: string, shape: readonly number[]): Value {
    return this.graph.weight(this.#join(name), shape);
  }

  /** As stored. @throws EngineError `model_corrupt`, see `GraphBuilder.weight` */
  storedWeight(name: string, shape: readonly number[]): Value {
    return this.graph.storedWeight(this.#join(name), shape);
  }

  #join(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}
