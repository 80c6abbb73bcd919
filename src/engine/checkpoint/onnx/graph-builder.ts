import type { Dtype } from '../safetensors/dtype.js';
import { unreadable } from '../unreadable.js';
import type { TensorLocation, WeightDelta, WeightSource } from '../weight-source.js';
import { ELEMENT_TYPES, encodeOnnxModel } from './onnx-model.js';
import type { ElementType, OnnxInitializer, OnnxNode, OnnxValueInfo } from './onnx-model.js';
import type { Attributes, Operator } from './operators.js';

/** What flows along an edge of the graph. */
export interface Value {
  readonly name: string;
}

/** Collects the nodes of one network whose weights stay where they are on disk. */
export class GraphBuilder {
  readonly #name: string;
  readonly #weights: WeightSource;
  readonly #nodes: OnnxNode[] = [];
  readonly #initializers: OnnxInitializer[] = [];
  readonly #inputs: OnnxValueInfo[] = [];
  readonly #outputs: OnnxValueInfo[] = [];
  readonly #constants = new Map<string, Value>();
  readonly #stored = new Map<string, Value>();
  readonly #widened = new Map<string, Value>();
  #nextId = 0;

  /** @param name of the network, for messages */
  constructor(name: string, weights: WeightSource) {
    this.#name = name;
    this.#weights = weights;
  }

  input(name: string, elementType: ElementType, shape: readonly (number | string)[]): Value {
    this.#inputs.push({ name, elementType, shape });
    return { name };
  }

  /** Gives a float32 value to the outside, under a name of its own. */
  output(name: string, value: Value, shape: readonly (number | string)[]): void {
    this.#add('Identity', [value], [name], {});
    this.#outputs.push({ name, elementType: 'float32', shape });
  }

  /** @param inputs undefined = an optional one left out */
  node<Op extends Operator>(
    operator: Op,
    inputs: readonly (Value | undefined)[],
    attributes: Attributes<Op> = {},
  ): Value {
    const name = this.#uniqueName(operator);
    this.#add(operator, inputs, [name], attributes);
    return { name };
  }

  /** A node of three outputs. */
  nodeOfThree<Op extends Operator>(
    operator: Op,
    inputs: readonly (Value | undefined)[],
    attributes: Attributes<Op> = {},
  ): readonly [Value, Value, Value] {
    const name = this.#uniqueName(operator);
    const outputs = [`${name}_0`, `${name}_1`, `${name}_2`] as const;
    this.#add(operator, inputs, outputs, attributes);
    return [{ name: outputs[0] }, { name: outputs[1] }, { name: outputs[2] }];
  }

  /** Two equal parts along an axis. */
  halves(value: Value, axis: number): readonly [Value, Value] {
    const name = this.#uniqueName('Split');
    const outputs = [`${name}_0`, `${name}_1`] as const;
    this.#add('Split', [value], outputs, { axis, num_outputs: 2 });
    return [{ name: outputs[0] }, { name: outputs[1] }];
  }

  /** Small whole numbers, such as a shape. @param shape @defaultValue one dimension */
  integers(values: readonly number[], shape: readonly number[] = [values.length]): Value {
    return this.#constant('int64', BigInt64Array.from(values, BigInt), shape);
  }

  /** @param shape @defaultValue one dimension */
  floats(values: readonly number[], shape: readonly number[] = [values.length]): Value {
    return this.#constant('float32', Float32Array.from(values), shape);
  }

  hasWeight(name: string): boolean {
    return this.#weights.find(name) !== undefined;
  }

  /**
   * A trained tensor as float32, with what is to be added to it. 16-bit ones are widened when the session loads, and
   * adapted ones added up, which takes memory of its own; other float32 ones are mapped from the file.
   * @throws EngineError `model_corrupt` when it is missing, or of another shape or a type that is not read
   */
  weight(name: string, shape: readonly number[]): Value {
    const existing = this.#widened.get(name);
    if (existing) return existing;
    const location = this.#locate(name, shape);
    const deltas = this.#weights.deltasOf?.(name) ?? [];
    const value =
      deltas.length === 0
        ? this.#widen(location, this.storedWeight(name, shape))
        : this.#adaptedWeight(location, deltas);
    this.#widened.set(name, value);
    return value;
  }

  /**
   * As `weight`, in the type it is stored in and with nothing added to it: for tables of which few rows are used, to be
   * widened afterwards.
   */
  storedWeight(name: string, shape: readonly number[]): Value {
    const existing = this.#stored.get(name);
    if (existing) return existing;
    const value = this.#external(name, this.#locate(name, shape), shape);
    this.#stored.set(name, value);
    return value;
  }

  asFloat32(value: Value): Value {
    return this.node('Cast', [value], { to: ELEMENT_TYPES.float32 });
  }

  asFloat16(value: Value): Value {
    return this.node('Cast', [value], { to: ELEMENT_TYPES.float16 });
  }

  /** The bytes of an ONNX model; its weights are in files relative to the folder that the session is told. */
  build(): Uint8Array {
    return encodeOnnxModel({
      name: this.#name,
      nodes: this.#nodes,
      initializers: this.#initializers,
      inputs: this.#inputs,
      outputs: this.#outputs,
    });
  }

  #add(
    operator: Operator,
    inputs: readonly (Value | undefined)[],
    outputs: readonly string[],
    attributes: OnnxNode['attributes'],
  ): void {
    const inputNames = inputs.map((input) => input?.name ?? '');
    this.#nodes.push({ operator, name: this.#uniqueName(operator), inputs: inputNames, outputs, attributes });
  }

  #constant(elementType: ElementType, values: BigInt64Array | Float32Array, shape: readonly number[]): Value {
    const key = `${elementType}[${shape.join()}]:${values.join()}`;
    const existing = this.#constants.get(key);
    if (existing) return existing;
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const value = { name: this.#uniqueName('constant') };
    this.#initializers.push({ name: value.name, elementType, shape, data: { kind: 'inline', bytes } });
    this.#constants.set(key, value);
    return value;
  }

  #external(name: string, location: TensorLocation, shape: readonly number[]): Value {
    const { file, offset, length } = location;
    const data = { kind: 'external', location: file, offset, length } as const;
    this.#initializers.push({ name, elementType: elementTypeOf(location), shape, data });
    return { name };
  }

  #widen({ dtype }: TensorLocation, stored: Value): Value {
    return dtype === 'F32' ? stored : this.asFloat32(stored);
  }

  /** Nodes of constants alone: the runtime computes them when the session loads, and drops what they were made of. */
  #adaptedWeight(location: TensorLocation, deltas: readonly WeightDelta[]): Value {
    let sum = this.#reshaped(location, rowsTimesRest(location.shape));
    for (const delta of deltas) {
      const up = this.#reshaped(delta.up, rowsTimesRest(delta.up.shape));
      // Product, scale and addition in one node: no whole product ever lies in memory beside the weight.
      sum = this.node('Gemm', [up, this.#down(delta), sum], { alpha: delta.scale });
    }
    return location.shape.length === 2 ? sum : this.node('Reshape', [sum, this.integers(location.shape)]);
  }

  /** @returns `[rank, the rest]` */
  #down({ down, core }: WeightDelta): Value {
    const matrix = this.#reshaped(down, rowsTimesRest(down.shape));
    if (!core) return matrix;
    const [outer = 1, inner = 1, ...kernel] = core.shape;
    const coreMatrix = this.#reshaped(core, [outer, inner, productOf(kernel)]);
    const composed = this.node('Einsum', [coreMatrix, matrix], { equation: 'rsk,si->rik' });
    return this.node('Reshape', [composed, this.integers([outer, -1])]);
  }

  /** A tensor as float32, whose bytes are read as another shape of the same size. */
  #reshaped(location: TensorLocation, shape: readonly number[]): Value {
    return this.#widen(location, this.#external(this.#uniqueName(location.name), location, shape));
  }

  #locate(name: string, shape: readonly number[]): TensorLocation {
    const location = this.#weights.find(name);
    if (!location) throw unreadable(this.#name, `its weights have no tensor "${name}"`);
    if (location.shape.join() !== shape.join()) {
      const shapes = `[${location.shape.join(', ')}], where its configuration asks for [${shape.join(', ')}]`;
      throw unreadable(location.file, `the shape of the tensor "${name}" is ${shapes}`);
    }
    return location;
  }

  /** No weight has a name with a slash in it, nor has an input. */
  #uniqueName(stem: string): string {
    this.#nextId += 1;
    return `${stem}/${this.#nextId}`;
  }
}

const ELEMENT_TYPE_OF: Partial<Record<Dtype, ElementType>> = {
  F32: 'float32',
  F16: 'float16',
  BF16: 'bfloat16',
};

function rowsTimesRest([rows = 1, ...rest]: readonly number[]): readonly [number, number] {
  return [rows, productOf(rest)];
}

function productOf(sizes: readonly number[]): number {
  return sizes.reduce((product, size) => product * size, 1);
}

function elementTypeOf({ dtype, file, name }: TensorLocation): ElementType {
  const elementType = ELEMENT_TYPE_OF[dtype];
  if (!elementType) {
    throw unreadable(file, `the tensor "${name}" is of type ${dtype}, which no network here takes`);
  }
  return elementType;
}
