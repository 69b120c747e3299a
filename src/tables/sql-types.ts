import { BOOLEAN, DOUBLE, type DuckDBType, FLOAT, INTEGER, VARCHAR } from '@duckdb/node-api';
import { sqlName } from './sql-text.js';
import { type ColumnType, MISSING_DAY } from './types.js';

const EPOCH = "DATE '1970-01-01'";

interface SqlType {
  /** How a column travels between JavaScript and DuckDB. */
  readonly wire: DuckDBType;
  /** What a Parquet file may hold for it. */
  readonly accepts: RegExp;
  /** What a Parquet file is expected to hold, for messages. */
  readonly stored: string;
  /** From the stored to the wire value; a null has no place in some types. */
  readonly read: (name: string) => string;
  /** From the wire to the stored value. */
  readonly write: (name: string) => string;
}

const NUMBER = /^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER|UBIGINT|FLOAT|DOUBLE|DECIMAL.*)$/;
const WHOLE = /^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/;

function notNull(name: string, cast: string): string {
  const message = `column ${name} holds a null`.replaceAll("'", "''");
  return `CASE WHEN ${name} IS NULL THEN error('${message}')::${cast} ELSE ${name}::${cast} END`;
}

const floating = (wire: DuckDBType, stored: 'DOUBLE' | 'FLOAT'): SqlType => ({
  wire,
  accepts: NUMBER,
  stored,
  read: (name) => `coalesce(${name}::${stored}, 'nan'::${stored})`,
  write: (name) => `nullif(${name}, 'nan'::${stored})`,
});

const SQL_TYPES: { readonly [T in ColumnType]: SqlType } = {
  day: {
    wire: INTEGER,
    accepts: /^(DATE|TIMESTAMP.*)$/,
    stored: 'DATE',
    read: (name) => `coalesce((${name}::DATE - ${EPOCH})::INTEGER, ${MISSING_DAY})`,
    write: (name) => `CASE WHEN ${name} = ${MISSING_DAY} THEN NULL ELSE ${EPOCH} + ${name} END`,
  },
  instant: {
    wire: DOUBLE,
    accepts: /^TIMESTAMP.*$/,
    stored: 'TIMESTAMP',
    read: (name) => `coalesce(epoch_ms(${name})::DOUBLE, 'nan'::DOUBLE)`,
    write: (name) => `CASE WHEN isnan(${name}) THEN NULL ELSE make_timestamp((${name} * 1000)::BIGINT) END`,
  },
  float64: floating(DOUBLE, 'DOUBLE'),
  float32: floating(FLOAT, 'FLOAT'),
  int32: {
    wire: INTEGER,
    accepts: WHOLE,
    stored: 'INTEGER',
    read: (name) => notNull(name, 'INTEGER'),
    write: (name) => name,
  },
  bool: {
    wire: BOOLEAN,
    accepts: /^BOOLEAN$/,
    stored: 'BOOLEAN',
    read: (name) => notNull(name, 'BOOLEAN'),
    write: (name) => name,
  },
  string: {
    wire: VARCHAR,
    accepts: /^(VARCHAR|ENUM.*)$/,
    stored: 'VARCHAR',
    read: (name) => `coalesce(${name}::VARCHAR, '')`,
    write: (name) => `nullif(${name}::VARCHAR, '')`,
  },
};

export function sqlTypeOf(type: ColumnType): SqlType {
  return SQL_TYPES[type];
}

/** The expression of a SELECT that turns the stored column into the wire column. */
export function selectStored(name: string, type: ColumnType): string {
  return SQL_TYPES[type].read(sqlName(name));
}

/**
 * `expression AS "name"` for a SELECT that turns the wire column into the stored one.
 * @param whole whether no value of the column is missing
 */
export function selectWire(name: string, type: ColumnType, whole = false): string {
  return `${whole ? sqlName(name) : SQL_TYPES[type].write(sqlName(name))} AS ${sqlName(name)}`;
}
