import { choleskyInPlace, choleskySolve, forwardSolve } from '../../stats/index.js';
import { addProduct, addRow, type ConvexProgram, isNarrow, type LinearRow, rowTimes } from './convex-program.js';

/** What changes from one interior-point step to the next. */
export interface NewtonState {
  readonly slack: Float64Array;
  /** Multipliers of the `atMost` rows, and last that of the quadratic row. */
  readonly dual: Float64Array;
  /** Gradient of the quadratic row at x; null without one. */
  readonly gradient: Float64Array | null;
}

const REFINEMENTS = 2;

/**
 * The bordered system of one interior-point step, [H Kᵀ; K −E] [dx; dz] = [r; t]: H the Hessian with the barrier of the
 * narrow rows, K the equalities, the wide rows and the gradient of the quadratic row, E = slack / dual (0 for equalities).
 * Auxiliary unknowns have a diagonal block and are eliminated first; the rest is one dense Cholesky factor and the Schur
 * complement of the border (Wright, "Primal-Dual Interior-Point Methods", 1997, chapter 11).
 */
export class NewtonSystem {
  /** `atMost` rows of the border, by index. */
  readonly wide: readonly number[];
  /** Narrow rows of dense unknowns alone, and those of each auxiliary unknown. */
  private readonly plain: readonly number[];
  private readonly rowsOf: readonly number[][];
  private readonly border: LinearRow[];
  private readonly hessian: Float64Array;
  private readonly factor: Float64Array;
  private readonly auxiliary: Float64Array;
  /** Couplings of each auxiliary unknown with dense ones. */
  private readonly coupling: Map<number, number>[];
  private scale = new Float64Array(0);
  private e = new Float64Array(0);
  private reduced: Float64Array[] = [];
  private halves: Float64Array[] = [];
  private schur = new Float64Array(0);

  constructor(private readonly program: ConvexProgram) {
    const { dense, auxiliary, atMost } = program;
    const narrow = atMost.flatMap((row, r) => (isNarrow(row, dense) ? [r] : []));
    const auxiliaryOf = (r: number) => (atMost[r].index.find((i) => i >= dense) ?? dense - 1) - dense;
    this.plain = narrow.filter((r) => auxiliaryOf(r) < 0);
    const rowsOf = Array.from({ length: auxiliary }, (): number[] => []);
    for (const r of narrow) if (auxiliaryOf(r) >= 0) rowsOf[auxiliaryOf(r)].push(r);
    this.rowsOf = rowsOf;
    this.wide = atMost.flatMap((row, r) => (isNarrow(row, dense) ? [] : [r]));
    this.border = [...program.equal, ...this.wide.map((r) => atMost[r])];
    this.hessian = new Float64Array(dense * dense);
    this.factor = new Float64Array(dense * dense);
    this.auxiliary = new Float64Array(auxiliary);
    this.coupling = Array.from({ length: auxiliary }, () => new Map());
  }

  update({ slack, dual, gradient }: NewtonState): void {
    const { dense, hessian, equal, atMost, quadratic } = this.program;
    const n = dense;
    const h = this.hessian;
    if (hessian === null) h.fill(0);
    else h.set(hessian);
    const last = atMost.length;
    if (quadratic) for (let i = 0; i < h.length; i++) h[i] += dual[last] * quadratic.matrix[i];
    this.auxiliary.fill(0);
    for (const map of this.coupling) map.clear();
    this.scale = Float64Array.from(slack, (value, r) => dual[r] / value);
    for (const r of this.plain) this.addOuter(atMost[r], this.scale[r]);
    this.factor.set(h);
    for (const r of this.rowsOf.flat()) this.addOuter(atMost[r], this.scale[r]);

    for (const own of this.rowsOf) this.foldRows(own);
    choleskyInPlace(this.factor, n, 1e-15);

    const rows = [...this.border];
    if (gradient) {
      rows.push({ index: Array.from({ length: n }, (_, i) => i), value: [...gradient.subarray(0, n)], bound: 0 });
    }
    this.rows = rows;
    this.e = new Float64Array(rows.length);
    for (const [b, r] of this.wide.entries()) this.e[equal.length + b] = 1 / this.scale[r];
    if (gradient) this.e[rows.length - 1] = 1 / this.scale[last];
    this.eliminateBorder();
  }

  private rows: LinearRow[] = [];

  /** Solves in place: r [dense + auxiliary] becomes dx, t [border] becomes dz. */
  solve(r: Float64Array, t: Float64Array): void {
    const dx = Float64Array.from(r);
    const dz = Float64Array.from(t);
    this.solveOnce(dx, dz);
    for (let round = 0; round < REFINEMENTS; round++) {
      const leftR = Float64Array.from(r);
      const leftT = Float64Array.from(t);
      this.subtractProduct(dx, dz, leftR, leftT);
      this.solveOnce(leftR, leftT);
      for (let i = 0; i < dx.length; i++) dx[i] += leftR[i];
      for (let i = 0; i < dz.length; i++) dz[i] += leftT[i];
    }
    r.set(dx);
    t.set(dz);
  }

  private addOuter(row: LinearRow, weight: number): void {
    const { dense } = this.program;
    for (let a = 0; a < row.index.length; a++) {
      const i = row.index[a];
      const left = weight * row.value[a];
      if (i >= dense) this.auxiliary[i - dense] += left * row.value[a];
      for (let b = 0; b < row.index.length; b++) {
        const j = row.index[b];
        if (j >= dense) continue;
        if (i < dense) this.hessian[i * dense + j] += left * row.value[b];
        else {
          const map = this.coupling[i - dense];
          map.set(j, (map.get(j) ?? 0) + left * row.value[b]);
        }
      }
    }
  }

  /**
   * Adds what the rows of one auxiliary unknown leave after its elimination: Σ w a aᵀ − (Σ w a c)(Σ w a c)ᵀ / Σ w c² equals
   * Σ_{r<s} w_r w_s (a_r c_s − a_s c_r)(…)ᵀ / Σ w c² (Lagrange's identity), in which nothing cancels when one row is active.
   */
  private foldRows(own: readonly number[]): void {
    const { dense: n, atMost } = this.program;
    const parts = own.map((r) => {
      const { index, value } = atMost[r];
      const at = index.findIndex((i) => i >= n);
      return { r, index, value, c: value[at], weight: this.scale[r] };
    });
    const total = parts.reduce((sum, { weight, c }) => sum + weight * c * c, 0);
    for (const [p, left] of parts.entries()) {
      for (const right of parts.slice(p + 1)) {
        const weight = (left.weight / total) * right.weight;
        const difference = new Map<number, number>();
        const add = (part: typeof left, factor: number) => {
          for (const [k, i] of part.index.entries()) {
            if (i < n) difference.set(i, (difference.get(i) ?? 0) + factor * part.value[k]);
          }
        };
        add(left, right.c);
        add(right, -left.c);
        for (const [i, a] of difference) for (const [j, b] of difference) this.factor[i * n + j] += weight * a * b;
      }
    }
  }

  private eliminateBorder(): void {
    const { dense: n } = this.program;
    const full = new Float64Array(n + this.auxiliary.length);
    const parts = this.rows.map((row) => {
      full.fill(0);
      addRow(row, 1, full);
      return { own: full.slice(n), reduced: full.slice(0, n) };
    });
    for (const { own, reduced } of parts) this.foldAuxiliary(own, reduced);
    this.reduced = parts.map(({ reduced }) => reduced);
    this.halves = this.reduced.map((row) => {
      const half = Float64Array.from(row);
      forwardSolve(this.factor, n, half);
      return half;
    });
    const m = parts.length;
    this.schur = new Float64Array(m * m);
    for (let a = 0; a < m; a++) {
      for (let b = 0; b <= a; b++) {
        let sum = a === b ? this.e[a] : 0;
        for (let i = 0; i < n; i++) sum += this.halves[a][i] * this.halves[b][i];
        for (let k = 0; k < this.auxiliary.length; k++) sum += (parts[a].own[k] * parts[b].own[k]) / this.auxiliary[k];
        this.schur[a * m + b] = sum;
      }
    }
    // Industries that are all neutral imply the sum of weights: dependent equalities drop out here.
    choleskyInPlace(this.schur, m, 1e-13);
  }

  /** dense part −= Cᵀ D⁻¹ (auxiliary part). */
  private foldAuxiliary(own: Float64Array, dense: Float64Array): void {
    for (const [k, map] of this.coupling.entries()) {
      const factor = own[k] / this.auxiliary[k];
      if (factor !== 0) for (const [i, value] of map) dense[i] -= factor * value;
    }
  }

  private solveOnce(r: Float64Array, t: Float64Array): void {
    const n = this.program.dense;
    const d = r.slice(0, n);
    const own = r.slice(n);
    this.foldAuxiliary(own, d);
    const half = Float64Array.from(d);
    forwardSolve(this.factor, n, half);
    for (const [m, row] of this.rows.entries()) {
      let sum = -t[m];
      for (let i = 0; i < n; i++) sum += this.halves[m][i] * half[i];
      for (let k = 0; k < row.index.length; k++) {
        const i = row.index[k] - n;
        if (i >= 0) sum += (row.value[k] * own[i]) / this.auxiliary[i];
      }
      t[m] = sum;
    }
    choleskySolve(this.schur, t.length, t);
    for (let m = 0; m < t.length; m++) for (let i = 0; i < n; i++) d[i] -= this.reduced[m][i] * t[m];
    choleskySolve(this.factor, n, d);
    r.set(d);
    for (const [m, row] of this.rows.entries()) {
      for (let k = 0; k < row.index.length; k++) {
        if (row.index[k] >= n) own[row.index[k] - n] -= row.value[k] * t[m];
      }
    }
    for (const [k, map] of this.coupling.entries()) {
      let sum = own[k];
      for (const [i, value] of map) sum -= value * d[i];
      r[n + k] = sum / this.auxiliary[k];
    }
  }

  private subtractProduct(dx: Float64Array, dz: Float64Array, r: Float64Array, t: Float64Array): void {
    const n = this.program.dense;
    addProduct(this.hessian, n, dx, -1, r);
    for (const [k, map] of this.coupling.entries()) {
      r[n + k] -= this.auxiliary[k] * dx[n + k];
      for (const [i, value] of map) {
        r[n + k] -= value * dx[i];
        r[i] -= value * dx[n + k];
      }
    }
    for (const [m, row] of this.rows.entries()) {
      addRow(row, -dz[m], r);
      t[m] -= rowTimes(row, dx) - this.e[m] * dz[m];
    }
  }
}
