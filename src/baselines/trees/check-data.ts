import { CandlenetError } from '../../util/index.js';
import type { BinnedSamples } from './binned.js';
import { MAX_CLASSES } from './grow-tree.js';

/** @throws TABLE_INVALID, CONFIG_INVALID */
export function checkTreeData(what: string, { samples }: BinnedSamples, labels: Uint8Array, classes: number): void {
  if (labels.length !== samples) {
    const found = `${samples} samples but ${labels.length} classes`;
    throw new CandlenetError('TABLE_INVALID', `${what}: found ${found}, expected one class a sample`);
  }
  if (classes < 2 || classes > MAX_CLASSES) {
    throw new CandlenetError('CONFIG_INVALID', `${what}: found ${classes} classes, expected 2 or 3`);
  }
  const wrong = labels.find((label) => label >= classes);
  if (wrong !== undefined) {
    throw new CandlenetError('TABLE_INVALID', `${what}: found class ${wrong}, expected 0 … ${classes - 1}`);
  }
}
