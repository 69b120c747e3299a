import { resolve } from 'node:path';
import { makeTable, type TableSchema, writeParquet } from '../../tables/index.js';
import { CandlenetError, formatDay, writeFileAtomically } from '../../util/index.js';
import { type ColumnChoice, chooseColumns } from './choose-columns.js';
import { readBarFile } from './read-bars.js';

export interface IndicatorSummary {
  readonly file: string;
  readonly out: string;
  readonly bars: number;
  readonly from: string | null;
  readonly to: string | null;
  readonly columns: readonly {
    readonly name: string;
    /** Bars with a value. */
    readonly defined: number;
    readonly first: string | null;
    /** The latest bar's value. */
    readonly last: number | null;
  }[];
}

/**
 * Computes indicators of the bars in a CSV file and writes them beside the dates, raw: as CSV, numbers as they are read back
 * to the bit and nothing where undefined, or as Parquet where the name of `out` ends so.
 * @throws ARGUMENT_INVALID, CONFIG_INVALID for the choice; FILE_NOT_FOUND, FILE_UNREADABLE, TABLE_INVALID, DATE_INVALID;
 *   FILE_WRITE_FAILED
 */
export async function writeIndicators(file: string, out: string, choice: ColumnChoice): Promise<IndicatorSummary> {
  if (resolve(file) === resolve(out)) {
    throw new CandlenetError('ARGUMENT_INVALID', `--out: found the input ${file} itself, expected another file`);
  }
  const groups = chooseColumns(choice);
  const { dates, fields } = readBarFile(file);
  const columns = new Map<string, Float64Array>();
  for (const group of groups) {
    const inputs = group.inputs.map((field) => {
      const series = fields[field];
      if (series) return series;
      const without = groups.filter(({ inputs }) => inputs.includes(field)).flatMap((other) => other.columns);
      const some = without.length > 4 ? [...without.slice(0, 4), '…'] : without;
      throw new CandlenetError(
        'TABLE_INVALID',
        `${file} line 1: found no column "${field}", expected one for ${some.join(', ')} (--only chooses among the columns)`,
      );
    });
    for (const [k, values] of group.compute(inputs).entries()) columns.set(group.columns[k], values);
  }
  if (out.toLowerCase().endsWith('.parquet')) await writeAsParquet(out, dates, columns);
  else writeFileAtomically(out, csvText(dates, columns));
  const day = (bar: number) => (bar >= 0 && bar < dates.length ? formatDay(dates[bar]) : null);
  return {
    file,
    out,
    bars: dates.length,
    from: day(0),
    to: day(dates.length - 1),
    columns: Array.from(columns, ([name, values]) => ({
      name,
      defined: values.reduce((count, value) => count + Number(!Number.isNaN(value)), 0),
      first: day(values.findIndex((value) => !Number.isNaN(value))),
      last: values.length === 0 || Number.isNaN(values[values.length - 1]) ? null : values[values.length - 1],
    })),
  };
}

const numberText = (value: number) => (Number.isNaN(value) ? '' : Object.is(value, -0) ? '-0' : String(value));

function csvText(dates: readonly number[], columns: ReadonlyMap<string, Float64Array>): string {
  const series = [...columns.values()];
  const rows = dates.map((date, bar) =>
    [formatDay(date), ...series.map((values) => numberText(values[bar]))].join(','),
  );
  return `${[['date', ...columns.keys()].join(','), ...rows].join('\n')}\n`;
}

async function writeAsParquet(
  out: string,
  dates: readonly number[],
  columns: ReadonlyMap<string, Float64Array>,
): Promise<void> {
  const schema: TableSchema = {
    date: 'day',
    ...Object.fromEntries(Array.from(columns.keys(), (name) => [name, 'float64' as const])),
  };
  const table = makeTable(schema, { date: Int32Array.from(dates), ...Object.fromEntries(columns) }, out);
  await writeParquet(out, table, schema);
}

/** The summary for a person. */
export function renderIndicatorSummary({ out, bars, from, to, columns }: IndicatorSummary): string {
  const width = Math.max(...columns.map(({ name }) => name.length));
  const rows = columns.map(({ name, first, last }) => {
    const value = last === null ? '—' : String(Number(last.toPrecision(7)));
    return `  ${name.padEnd(width)}  ${first === null ? 'too few bars' : `from ${first}`}  last ${value}`;
  });
  return `${[`${bars} bars${from === null ? '' : `, ${from} to ${to}`}; ${columns.length} columns in ${out}`, ...rows].join('\n')}\n`;
}
