import { join } from 'node:path';
import { hashTable, readParquet, type TableSchema } from '../tables/index.js';
import { CandlenetError, canonicalJson, sha256 } from '../util/index.js';
import type { MarketStore } from './store.js';
import {
  actionsSchema,
  barsSchemaOf,
  benchmarkSchema,
  calendarSchema,
  fundamentalsSchema,
  instrumentsSchema,
  MANIFEST_FILE,
  macroSchema,
  membersSchemaOf,
  newsSchema,
  type StoreManifest,
  type StoreTableName,
  tableFile,
  truthSchema,
  valuationsSchema,
} from './store-schema.js';

/** The hash that versions a store: of its rulebook, of every table's values, and of what is known of its making. */
export function contentHash({ rulebook, tables, truth }: Pick<StoreManifest, 'rulebook' | 'tables' | 'truth'>): string {
  return sha256(canonicalJson({ rulebook, tables, truth: truth ?? null }));
}

/**
 * Reads every table of a store and compares its values with the hashes in the store's manifest: were they changed behind its
 * back? @throws STORE_INVALID naming the first table that is not what the manifest says
 */
export async function verifyStore({ dir, manifest }: Pick<MarketStore, 'dir' | 'manifest'>): Promise<void> {
  if (contentHash(manifest) !== manifest.contentHash) {
    throw changed(join(dir, MANIFEST_FILE), 'a content hash that is not that of its tables', 'what candlenet wrote');
  }
  for (const [name, { hash }] of Object.entries(manifest.tables) as [StoreTableName, { hash: string }][]) {
    const path = join(dir, tableFile(name));
    const schema = schemaOf(name, manifest);
    if (hashTable(await readParquet(path, schema), schema) !== hash) {
      throw changed(path, 'other values', `those that ${MANIFEST_FILE} has the hash of; make the store again`);
    }
  }
}

function schemaOf(name: StoreTableName, manifest: StoreManifest): TableSchema {
  const schemas: { readonly [N in StoreTableName]: TableSchema } = {
    bars: barsSchemaOf(manifest),
    calendar: calendarSchema,
    instruments: instrumentsSchema,
    members: membersSchemaOf(manifest),
    benchmark: benchmarkSchema,
    actions: actionsSchema,
    fundamentals: fundamentalsSchema,
    valuations: valuationsSchema,
    macro: macroSchema,
    news: newsSchema,
    truth: truthSchema,
  };
  return schemas[name];
}

function changed(path: string, found: string, expected: string): CandlenetError {
  return new CandlenetError('STORE_INVALID', `${path}: found ${found}, expected ${expected}`);
}
