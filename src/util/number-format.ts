/**
 * How numbers are written for people, in one place: a true minus sign, thousands separated, an undefined value as a
 * dash. Never for files that programs read.
 */
export const UNDEFINED_MARK = '–';
const MINUS = '\u2212';

const fixed = (value: number, decimals: number): string => {
  const [whole, fraction] = Math.abs(value).toFixed(decimals).split('.');
  const digits = whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction ? `.${fraction}` : '');
  // What rounds to nought has no sign.
  return value < 0 && /[1-9]/.test(digits) ? MINUS + digits : digits;
};

const orMark = (value: number | null | undefined, write: (value: number) => string): string =>
  value === null || value === undefined || !Number.isFinite(value) ? UNDEFINED_MARK : write(value);

/** `1,234.50`, `−0.31`. */
export function formatNumber(value: number | null | undefined, decimals = 2): string {
  return orMark(value, (v) => fixed(v, decimals));
}

/** `12,345`. */
export function formatCount(value: number | null | undefined): string {
  return formatNumber(value, 0);
}

/** A share as `−17.3 %`; `signed` writes a gain as `+4.0 %`. The space is one that does not break. */
export function formatPercent(value: number | null | undefined, decimals = 1, signed = false): string {
  return orMark(value, (v) => {
    const text = fixed(v * 100, decimals);
    const plus = signed && v > 0 && /[1-9]/.test(text) ? '+' : '';
    return `${plus}${text}\u202f%`;
  });
}

/** `3.2 s`, `4 min 05 s`, `2 h 10 min`. */
export function formatDuration(seconds: number | null | undefined): string {
  return orMark(seconds, (value) => {
    if (value < 59.95) return `${value.toFixed(1)} s`;
    const whole = Math.round(value);
    const two = (part: number) => String(part).padStart(2, '0');
    if (whole < 3600) return `${Math.floor(whole / 60)} min ${two(whole % 60)} s`;
    const minutes = Math.round(value / 60);
    return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} min`;
  });
}

/** `812 MB`, `3.1 GB` (powers of ten). */
export function formatBytes(bytes: number | null | undefined): string {
  return orMark(bytes, (value) => (value < 1e9 ? `${fixed(value / 1e6, 0)} MB` : `${(value / 1e9).toFixed(1)} GB`));
}
