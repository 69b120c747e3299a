import type { ProvenanceReport } from '../../report/index.js';
import type { EpochRecord } from '../../training/index.js';
import type { RunManifest } from '../runs/manifest.js';
import type { FittedModel } from './models.js';

export function provenanceOf(manifest: RunManifest, models: readonly FittedModel[]): ProvenanceReport {
  const { environment, hashes, artefacts } = manifest;
  const { git } = environment;
  return {
    runId: manifest.id,
    version: environment.candlenet,
    seed: manifest.seed,
    workers: manifest.workers,
    hashes: [
      { name: 'experiment', sha256: hashes.experiment },
      { name: 'configuration', sha256: hashes.config },
      { name: 'market store', sha256: hashes.store },
      ...Object.entries(artefacts)
        .filter(([path]) => !path.includes('/'))
        .map(([name, sha256]) => ({ name, sha256 })),
    ],
    environment: [
      { name: 'candlenet', value: environment.candlenet },
      {
        name: 'commit',
        value: git === null ? 'none (installed package)' : `${git.commit}${git.dirty ? ', changed' : ''}`,
      },
      { name: 'Node', value: environment.node },
      { name: 'ONNX Runtime', value: environment.onnxruntime },
      { name: 'DuckDB', value: environment.duckdb },
      { name: 'platform', value: environment.platform },
      { name: 'processor', value: environment.processor },
    ],
    timesTestOpened: manifest.testOpened,
    timings: [
      ...manifest.timings,
      ...models.flatMap(({ name, seconds }) =>
        seconds === null ? [] : [{ step: `training alone: ${name}`, seconds }],
      ),
    ],
    trainingSamplesPerSecond: samplesPerSecond(models[0]),
    peakMemoryBytes: manifest.peakMemoryBytes,
  };
}

/** Training samples per second of wall time, validation included in the time; null for a model without epochs. */
function samplesPerSecond({ fits }: FittedModel): number | null {
  const history = fits.flatMap((fit) => fit.history);
  if (history.length === 0) return null;
  const sum = (of: (record: EpochRecord) => number) => history.reduce((total, r) => total + of(r), 0);
  return sum(({ samples }) => samples) / sum(({ seconds }) => seconds);
}
