/** Cross-entropy of scores that change in place. */
export interface BoostingLoss {
  /** First and second derivatives by each score, [outputs × samples]. */
  differentiate(gradients: Float32Array, hessians: Float32Array): void;
  /** In nats a sample. */
  mean(): number;
}

/**
 * Cross-entropy of log-odds [outputs × samples]: of three classes by softmax, with the second derivative p (1 − p) K / (K − 1) as
 * LightGBM takes it (Friedman 2001's factor); of two by the logistic function of one score, that of class 1.
 */
export function boostingLoss(scores: Float64Array, labels: Uint8Array, classes: number): BoostingLoss {
  return classes === 2 ? logisticLoss(scores, labels) : softmaxLoss(scores, labels);
}

function logisticLoss(scores: Float64Array, labels: Uint8Array): BoostingLoss {
  return {
    differentiate(gradients, hessians) {
      for (let i = 0; i < labels.length; i++) {
        const p = 1 / (1 + Math.exp(-scores[i]));
        gradients[i] = p - labels[i];
        hessians[i] = Math.max(p * (1 - p), 1e-16);
      }
    },
    mean() {
      let loss = 0;
      for (let i = 0; i < labels.length; i++) {
        const margin = labels[i] === 1 ? scores[i] : -scores[i];
        loss += margin > 0 ? Math.log1p(Math.exp(-margin)) : Math.log1p(Math.exp(margin)) - margin;
      }
      return loss / labels.length;
    },
  };
}

const CLASSES = 3;

function softmaxLoss(scores: Float64Array, labels: Uint8Array): BoostingLoss {
  const count = labels.length;
  const factor = CLASSES / (CLASSES - 1);
  return {
    differentiate(gradients, hessians) {
      for (let i = 0; i < count; i++) {
        const a = scores[i];
        const b = scores[count + i];
        const c = scores[2 * count + i];
        const top = Math.max(a, b, c);
        const ea = Math.exp(a - top);
        const eb = Math.exp(b - top);
        const ec = Math.exp(c - top);
        const sum = ea + eb + ec;
        for (let k = 0; k < CLASSES; k++) {
          const p = (k === 0 ? ea : k === 1 ? eb : ec) / sum;
          gradients[k * count + i] = labels[i] === k ? p - 1 : p;
          hessians[k * count + i] = Math.max(factor * p * (1 - p), 1e-16);
        }
      }
    },
    mean() {
      let loss = 0;
      for (let i = 0; i < count; i++) {
        const a = scores[i];
        const b = scores[count + i];
        const c = scores[2 * count + i];
        const top = Math.max(a, b, c);
        loss +=
          Math.log(Math.exp(a - top) + Math.exp(b - top) + Math.exp(c - top)) + top - scores[labels[i] * count + i];
      }
      return loss / count;
    },
  };
}
