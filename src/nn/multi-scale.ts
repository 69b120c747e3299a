import { add, concat, reshape, slice, standardConv1d, type Tensor, transpose } from '../tensor/index.js';
import { CandlenetError } from '../util/index.js';
import { COUNT, checkOptions, refuse } from './check-options.js';
import { convolve } from './convolve.js';
import type { Scope } from './scope.js';
import type { Sequence } from './sequence.js';

export interface MultiScaleOptions {
  /** Of all branches together: shared out evenly, what is left over one each to the narrowest. */
  readonly filters: number;
  /** Steps a filter of each branch sees: odd, ascending. */
  readonly widths: readonly number[];
}

interface Branch {
  readonly width: number;
  readonly filters: number;
  /** [width·channels × filters] */
  readonly kernel: Tensor;
  readonly bias: Tensor;
}

/**
 * Parallel convolutions over time with `same` padding whose filters stand side by side, narrowest first, as in the
 * Inception module (Szegedy et al. 2015). Parameters of a branch are those of `conv1d` under `width<n>`. Throws
 * `CONFIG_INVALID` for widths that are not odd and ascending, and where there are fewer filters than branches.
 */
export function multiScaleConv1d(scope: Scope, sequence: Sequence, { filters, widths }: MultiScaleOptions): Sequence {
  checkOptions('multiScaleConv1d', COUNT, { filters });
  const inOrder = widths.every(
    (width, i) => COUNT.holds(width) && width % 2 === 1 && (i === 0 || width > widths[i - 1]),
  );
  if (widths.length === 0 || !inOrder) {
    refuse('multiScaleConv1d', 'widths', widths, 'odd whole numbers, ascending, at least one');
  }
  if (filters < widths.length) {
    const found = `${filters} filters for branches of widths ${widths.join(', ')}`;
    throw new CandlenetError('CONFIG_INVALID', `multiScaleConv1d: ${found}; expected one or more for each`);
  }
  const branches = widths.map((width, i) => declare(scope, sequence.channels, width, share(filters, widths.length, i)));
  const value = scope.mode === 'deployment' ? deployed(sequence, branches) : product(sequence, branches);
  return { ...sequence, value, channels: filters };
}

const share = (filters: number, branches: number, i: number) =>
  Math.floor(filters / branches) + (i < filters % branches ? 1 : 0);

function declare(scope: Scope, channels: number, width: number, filters: number): Branch {
  const place = scope.child(`width${width}`);
  const fans = { fanIn: width * channels, fanOut: width * filters };
  const kernel = place.param('kernel', [width * channels, filters], { kind: 'xavier-uniform', ...fans });
  return { width, filters, kernel, bias: place.param('bias', [filters], { kind: 'constant', value: 0 }) };
}

function deployed({ value, channels }: Sequence, branches: readonly Branch[]): Tensor {
  const outputs = branches.map(({ width, filters, kernel, bias }) =>
    standardConv1d(value, transpose(reshape(kernel, [width, channels, filters]), [2, 1, 0]), bias),
  );
  return concat(outputs, 1);
}

/**
 * One product for each ring of shifted steps around the centre: the steps that branch i sees and branch i − 1 does not
 * are multiplied with the filters of branches i, i + 1, … at once, so that no step is copied, and none multiplied with
 * zeros, for the sake of another branch.
 */
function product(sequence: Sequence, branches: readonly Branch[]): Tensor {
  const { channels } = sequence;
  const kernelAt = ({ width, kernel }: Branch, from: number, to: number) =>
    slice(kernel, 0, (from + (width - 1) / 2) * channels, (to - from + 1) * channels);

  const finished: Tensor[] = [];
  let sum: Tensor = concat(
    branches.map(({ bias }) => bias),
    0,
  );
  branches.forEach(({ width, filters }, i) => {
    const runs = ring(width, branches[i - 1]?.width);
    const offsets = runs.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, k) => from + k));
    const kernels = runs.map(([from, to]) =>
      concat(
        branches.slice(i).map((branch) => kernelAt(branch, from, to)),
        1,
      ),
    );
    sum = add(convolve(sequence, concat(kernels, 0), offsets), sum);
    if (i === branches.length - 1) return;
    finished.push(slice(sum, 1, 0, filters));
    sum = slice(sum, 1, filters, sum.shape[1] - filters);
  });
  return concat([...finished, sum], 1);
}

/** Shifts that a branch sees and the next narrower one does not, as runs from and to, both included. */
function ring(width: number, narrower: number | undefined): [from: number, to: number][] {
  const outer = (width - 1) / 2;
  if (narrower === undefined) return [[-outer, outer]];
  const inner = (narrower - 1) / 2;
  return [
    [-outer, -inner - 1],
    [inner + 1, outer],
  ];
}
