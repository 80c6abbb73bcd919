/** An ONNX model as plain data, and as the bytes of a `ModelProto` (onnx.proto, IR version 10). */
import { CONTRIB_DOMAIN, OPERATOR_SET_VERSION, operatorSignature } from './operators.js';
import type { AttributeKind, AttributeValue, Operator } from './operators.js';
import { ProtobufWriter } from './protobuf-writer.js';

/** `TensorProto.DataType`. */
export const ELEMENT_TYPES = { float32: 1, int64: 7, float16: 10, bfloat16: 16 } as const;
export type ElementType = keyof typeof ELEMENT_TYPES;

export interface OnnxNode {
  readonly operator: Operator;
  readonly name: string;
  /** Names of values; an empty one is an input left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: Readonly<Record<string, AttributeValue | undefined>>;
}

export interface OnnxInitializer {
  readonly name: string;
  readonly elementType: ElementType;
  readonly shape: readonly number[];
  readonly data: InlineData | ExternalData;
}

export interface InlineData {
  readonly kind: 'inline';
  /** Little-endian. */
  readonly bytes: Uint8Array;
}

/** Values that stay in a file beside the model, and are mapped into memory from there. */
export interface ExternalData {
  readonly kind: 'external';
  /** Path relative to the folder that the session is told; it may not leave it. */
  readonly location: string;
  readonly offset: number;
  readonly length: number;
}

export interface OnnxValueInfo {
  readonly name: string;
  readonly elementType: ElementType;
  /** Sizes; a name stands for one that is known when the model runs. */
  readonly shape: readonly (number | string)[];
}

export interface OnnxGraph {
  readonly name: string;
  readonly nodes: readonly OnnxNode[];
  readonly initializers: readonly OnnxInitializer[];
  readonly inputs: readonly OnnxValueInfo[];
  readonly outputs: readonly OnnxValueInfo[];
}

const IR_VERSION = 10;
/** `AttributeProto.AttributeType`. */
const ATTRIBUTE_TYPES: Record<AttributeKind, number> = { float: 1, int: 2, string: 3, ints: 7 };
const EXTERNAL = 1;

export function encodeOnnxModel(graph: OnnxGraph): Uint8Array {
  return new ProtobufWriter()
    .int(1, IR_VERSION)
    .string(2, 'riffcord')
    .message(7, graphProto(graph))
    .message(8, operatorSet('', OPERATOR_SET_VERSION))
    .message(8, operatorSet(CONTRIB_DOMAIN, 1))
    .finish();
}

function operatorSet(domain: string, version: number): ProtobufWriter {
  return new ProtobufWriter().string(1, domain).int(2, version);
}

function graphProto(graph: OnnxGraph): ProtobufWriter {
  const proto = new ProtobufWriter();
  for (const node of graph.nodes) proto.message(1, nodeProto(node));
  proto.string(2, graph.name);
  for (const initializer of graph.initializers) proto.message(5, tensorProto(initializer));
  for (const input of graph.inputs) proto.message(11, valueInfoProto(input));
  for (const output of graph.outputs) proto.message(12, valueInfoProto(output));
  return proto;
}

function nodeProto(node: OnnxNode): ProtobufWriter {
  const { domain, attributes } = operatorSignature(node.operator);
  const proto = new ProtobufWriter();
  for (const input of node.inputs) proto.string(1, input);
  for (const output of node.outputs) proto.string(2, output);
  proto.string(3, node.name).string(4, node.operator);
  for (const [name, kind] of Object.entries(attributes)) {
    const value = node.attributes[name];
    if (value !== undefined) proto.message(5, attributeProto(name, kind, value));
  }
  return domain === undefined ? proto : proto.string(7, domain);
}

function attributeProto(name: string, kind: AttributeKind, value: AttributeValue): ProtobufWriter {
  const proto = new ProtobufWriter().string(1, name);
  if (typeof value === 'string') proto.string(4, value);
  else if (typeof value !== 'number') for (const element of value) proto.int(8, element);
  else if (kind === 'float') proto.float(2, value);
  else proto.int(3, value);
  return proto.int(20, ATTRIBUTE_TYPES[kind]);
}

function tensorProto({ name, elementType, shape, data }: OnnxInitializer): ProtobufWriter {
  const proto = new ProtobufWriter();
  for (const size of shape) proto.int(1, size);
  proto.int(2, ELEMENT_TYPES[elementType]).string(8, name);
  if (data.kind === 'inline') return proto.bytes(9, data.bytes);
  return proto
    .message(13, stringEntry('location', data.location))
    .message(13, stringEntry('offset', String(data.offset)))
    .message(13, stringEntry('length', String(data.length)))
    .int(14, EXTERNAL);
}

function stringEntry(key: string, value: string): ProtobufWriter {
  return new ProtobufWriter().string(1, key).string(2, value);
}

function valueInfoProto({ name, elementType, shape }: OnnxValueInfo): ProtobufWriter {
  const shapeProto = new ProtobufWriter();
  for (const size of shape) {
    const dimension = new ProtobufWriter();
    shapeProto.message(1, typeof size === 'string' ? dimension.string(2, size) : dimension.int(1, size));
  }
  const tensorType = new ProtobufWriter().int(1, ELEMENT_TYPES[elementType]).message(2, shapeProto);
  return new ProtobufWriter().string(1, name).message(2, new ProtobufWriter().message(1, tensorType));
}
