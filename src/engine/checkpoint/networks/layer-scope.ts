import type { GraphBuilder, Value } from '../onnx/graph-builder.js';
import { DEFAULT_GRAPH_OPTIONS } from './graph-options.js';
import type { GraphOptions } from './graph-options.js';

/** A place in a network, by the dotted path that its weights' names begin with, and how its layers are written. */
export class LayerScope {
  readonly graph: GraphBuilder;
  readonly options: Required<GraphOptions>;
  readonly #path: string;

  /** @param path empty = the root */
  constructor(graph: GraphBuilder, path = '', options: GraphOptions = {}) {
    this.graph = graph;
    this.options = { ...DEFAULT_GRAPH_OPTIONS, ...options };
    this.#path = path;
  }

  child(name: string | number): LayerScope {
    return new LayerScope(this.graph, this.#join(String(name)), this.options);
  }

  /** The same place, for layers that are too sensitive for 8 bits, or too small to be faster. */
  withoutInt8(): LayerScope {
    if (this.options.precision !== 'int8') return this;
    return new LayerScope(this.graph, this.#path, { ...this.options, precision: 'float32' });
  }

  hasWeight(name: string): boolean {
    return this.graph.hasWeight(this.#join(name));
  }

  /** As float32, or float16 where that is the precision. @throws EngineError `model_corrupt`, see `GraphBuilder.weight` */
  weight(name: string, shape: readonly number[]): Value {
    return this.asComputed(this.graph.weight(this.#join(name), shape));
  }

  /** As stored. @throws EngineError `model_corrupt`, see `GraphBuilder.weight` */
  storedWeight(name: string, shape: readonly number[]): Value {
    return this.graph.storedWeight(this.#join(name), shape);
  }

  /** A float32 value in the type that flows between layers. */
  asComputed(value: Value): Value {
    return this.options.precision === 'float16' ? this.graph.asFloat16(value) : value;
  }

  /** The way back. */
  asFloat32(value: Value): Value {
    return this.options.precision === 'float16' ? this.graph.asFloat32(value) : value;
  }

  #join(name: string): string {
    return this.#path === '' ? name : `${this.#path}.${name}`;
  }
}
