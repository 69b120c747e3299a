import { CandlenetError } from '../../../util/index.js';
import { BAR_COLUMNS, type BarColumn, type BarPreset } from './types.js';

/**
 * A preset with columns of its own naming, from `date=日期,close=收盘`.
 * @throws ARGUMENT_INVALID
 */
export function withColumnMap(preset: BarPreset, map: string): BarPreset {
  const columns: Partial<Record<BarColumn, string>> = { ...preset.columns };
  for (const part of map.split(',')) {
    const [name, header, ...rest] = part.split('=').map((text) => text.trim());
    if (!BAR_COLUMNS.includes(name as BarColumn) || !header || rest.length > 0) {
      throw new CandlenetError(
        'ARGUMENT_INVALID',
        `map: found "${part}", expected column=header with a column of ${BAR_COLUMNS.join(', ')}`,
      );
    }
    columns[name as BarColumn] = header;
  }
  return { ...preset, columns };
}
