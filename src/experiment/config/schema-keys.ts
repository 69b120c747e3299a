import { z } from 'zod';

/** Strips defaults, prefaults and nullables off a schema. */
function unwrap(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodNullable) {
    inner = inner.def.innerType;
  }
  return inner;
}

/** Keys that an object at `path` of the schema may have; of all its variants where it is a union. */
export function knownKeysAt(schema: z.core.$ZodType, path: readonly string[]): string[] {
  const here = unwrap(schema);
  if (here instanceof z.ZodUnion) {
    return [...new Set(here.def.options.flatMap((option) => knownKeysAt(option, path)))];
  }
  if (!(here instanceof z.ZodObject)) return [];
  if (path.length === 0) return Object.keys(here.shape);
  const child: z.core.$ZodType | undefined = here.shape[path[0]];
  return child === undefined ? [] : knownKeysAt(child, path.slice(1));
}
