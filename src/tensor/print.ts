import type { Tensor } from './primitives.js';
import { computing, type Outputs, readBy } from './program.js';
import { formatType } from './types.js';

/** A list longer than this is shown by its beginning and its length. */
const SHOWN = 8;

function formatValue(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length > SHOWN ? `[${value.slice(0, SHOWN).join(',')},… ${value.length}]` : `[${value.join(',')}]`;
  }
  return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : String(value);
}

/**
 * The graph as text, one tensor a line, dead code left out: `%3: float32[2,4] = matmul(x, w) transA=true`.
 */
export function print(outputs: Outputs): string {
  const names = new Map<Tensor, string>();
  const lines: string[] = [];
  let next = 0;
  for (const tensor of computing(Object.values(outputs))) {
    if (tensor.op === 'constant') {
      names.set(tensor, String(tensor.attributes.value));
      continue;
    }
    if (tensor.op === 'input') {
      names.set(tensor, tensor.attributes.name);
      lines.push(`${tensor.attributes.name}: ${formatType(tensor)}`);
      continue;
    }
    const name = `%${next++}`;
    names.set(tensor, name);
    const attributes = Object.entries(tensor.attributes)
      .filter(([key, value]) => value !== false && key !== 'shape')
      .map(([key, value]) => ` ${key}=${formatValue(value)}`)
      .join('');
    const inputs = readBy(tensor)
      .map((input) => names.get(input))
      .join(', ');
    lines.push(`${name}: ${formatType(tensor)} = ${tensor.op}(${inputs})${attributes}`);
  }
  const results = Object.entries(outputs).map(([name, tensor]) => `${name}=${names.get(tensor)}`);
  return `${lines.join('\n')}\nreturn ${results.join(', ')}\n`;
}
