import { CandlenetError } from '../util/index.js';
import { MessageWriter } from './protobuf.js';

/** Format versions that ONNX Runtime 1.13 and later, onnxruntime-web and the ONNX reference read. */
const IR_VERSION = 8;
const OPSET = 17;
/** Of `ai.onnx.ml`, the domain of trees and other classical models. */
const ML_DOMAIN = 'ai.onnx.ml';
const ML_OPSET = 3;

export type ElementType = 'float32' | 'float64' | 'int64' | 'bool';

/** TensorProto.DataType */
export const ELEMENT_CODE = { float32: 1, int64: 7, bool: 9, float64: 11 } as const;
/** AttributeProto.AttributeType */
const ATTRIBUTE_CODE = { float: 1, int: 2, string: 3, floats: 6, ints: 7, strings: 8 } as const;

type Attribute =
  | { readonly float: number }
  | { readonly int: number }
  | { readonly string: string }
  | { readonly floats: ArrayLike<number> }
  /** Of 0 or more each. */
  | { readonly ints: ArrayLike<number> }
  | { readonly strings: readonly string[] };

type Attributes = Readonly<Record<string, Attribute>>;

/** A length, or the name of a length left open. */
export type OpenShape = readonly (number | string)[];

function attributeProto(name: string, attribute: Attribute): MessageWriter {
  const proto = new MessageWriter().string(1, name);
  if ('float' in attribute) return proto.float(2, attribute.float).int(20, ATTRIBUTE_CODE.float);
  if ('int' in attribute) return proto.int(3, attribute.int).int(20, ATTRIBUTE_CODE.int);
  if ('string' in attribute) return proto.string(4, attribute.string).int(20, ATTRIBUTE_CODE.string);
  if ('floats' in attribute) return proto.packedFloats(7, attribute.floats).int(20, ATTRIBUTE_CODE.floats);
  if ('ints' in attribute) return proto.packedInts(8, attribute.ints).int(20, ATTRIBUTE_CODE.ints);
  for (const value of attribute.strings) proto.string(9, value);
  return proto.int(20, ATTRIBUTE_CODE.strings);
}

function valueInfo(name: string, type: ElementType, shape: OpenShape): MessageWriter {
  const dims = new MessageWriter();
  for (const length of shape) {
    const dim = new MessageWriter();
    dims.message(1, typeof length === 'number' ? dim.int(1, length) : dim.string(2, length));
  }
  const tensorType = new MessageWriter().int(1, ELEMENT_CODE[type]).message(2, dims);
  return new MessageWriter().string(1, name).message(2, new MessageWriter().message(1, tensorType));
}

/** Little-endian, as TensorProto.raw_data wants. */
function rawData(type: ElementType, values: ArrayLike<number>): Uint8Array {
  const width = type === 'float32' ? 4 : 8;
  const bytes = new Uint8Array(values.length * width);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < values.length; i++) {
    if (type === 'float32') view.setFloat32(i * width, values[i], true);
    else if (type === 'float64') view.setFloat64(i * width, values[i], true);
    else view.setBigInt64(i * width, BigInt(values[i]), true);
  }
  return bytes;
}

/**
 * An ONNX ModelProto, node by node in topological order. Every value is written once and before it is read, whatever was
 * fused or folded on the way here; throws `GRAPH_INVALID` naming the operator and the value otherwise.
 */
export class ModelWriter {
  readonly #graph = new MessageWriter();
  readonly #written = new Set<string>();
  readonly #known = new Map<string, string>();
  #nodes = 0;
  #classical = false;

  #write(name: string, by: string): void {
    if (this.#written.has(name))
      throw new CandlenetError('GRAPH_INVALID', `${by}: the value "${name}" is written twice`);
    this.#written.add(name);
  }

  #read(name: string, by: string): void {
    if (this.#written.has(name)) return;
    throw new CandlenetError('GRAPH_INVALID', `${by}: reads the value "${name}", which nothing has written`);
  }

  input(name: string, type: ElementType, shape: OpenShape): void {
    this.#write(name, 'input');
    this.#graph.message(11, valueInfo(name, type, shape));
  }

  output(name: string, type: ElementType, shape: OpenShape): void {
    this.#read(name, 'output');
    this.#graph.message(12, valueInfo(name, type, shape));
  }

  initializer(name: string, type: ElementType, shape: readonly number[], values: ArrayLike<number>): void {
    this.#write(name, 'initializer');
    const proto = new MessageWriter();
    for (const length of shape) proto.int(1, length);
    this.#graph.message(5, proto.int(2, ELEMENT_CODE[type]).string(8, name).bytes(9, rawData(type, values)));
  }

  /** A vector of integers, or a scalar, under a name of its own; the same one is stored once. */
  constant(type: ElementType, shape: readonly number[], values: readonly number[]): string {
    const key = `${type}|${shape}|${values}`;
    const known = this.#known.get(key);
    if (known) return known;
    const name = `%c${this.#known.size}`;
    this.initializer(name, type, shape, values);
    this.#known.set(key, name);
    return name;
  }

  ints(values: readonly number[]): string {
    return this.constant('int64', [values.length], values);
  }

  /** A node of the domain `ai.onnx.ml`. */
  classicalNode(opType: string, inputs: readonly string[], outputs: readonly string[], attributes: Attributes): void {
    this.#classical = true;
    this.#node(new MessageWriter().string(7, ML_DOMAIN), opType, inputs, outputs, attributes);
  }

  node(opType: string, inputs: readonly string[], outputs: readonly string[], attributes: Attributes = {}): void {
    this.#node(new MessageWriter(), opType, inputs, outputs, attributes);
  }

  #node(
    proto: MessageWriter,
    opType: string,
    inputs: readonly string[],
    outputs: readonly string[],
    attributes: Attributes,
  ): void {
    for (const input of inputs) {
      if (input !== '') this.#read(input, opType);
      proto.string(1, input);
    }
    for (const output of outputs) {
      if (output !== '') this.#write(output, opType);
      proto.string(2, output);
    }
    proto.string(3, `${opType}_${this.#nodes++}`).string(4, opType);
    for (const [name, attribute] of Object.entries(attributes)) proto.message(5, attributeProto(name, attribute));
    this.#graph.message(1, proto);
  }

  finish(name: string, metadata: Readonly<Record<string, string>> = {}): Uint8Array {
    const model = new MessageWriter().int(1, IR_VERSION).string(2, 'candlenet');
    model.message(7, this.#graph.string(2, name)).message(8, new MessageWriter().string(1, '').int(2, OPSET));
    if (this.#classical) model.message(8, new MessageWriter().string(1, ML_DOMAIN).int(2, ML_OPSET));
    for (const [key, value] of Object.entries(metadata)) {
      model.message(14, new MessageWriter().string(1, key).string(2, value));
    }
    return model.finish();
  }
}
