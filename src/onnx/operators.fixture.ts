import { readDelimitedFields } from './protobuf.js';

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const fields = (bytes: Uint8Array, field: number) =>
  (readDelimitedFields(bytes) ?? []).filter((found) => found.field === field).map(({ value }) => value);

/** Operator types of a model, in order: ModelProto.graph (7), GraphProto.node (1), NodeProto.op_type (4). */
export const operatorsOf = (model: Uint8Array): string[] =>
  fields(fields(model, 7)[0], 1).map((node) => text(fields(node, 4)[0]));
