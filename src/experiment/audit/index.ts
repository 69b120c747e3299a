export type { Artefact, AuditedPipeline, PipelineBuild } from './artefact.js';
export { type AuditOptions, auditPipeline } from './audit-pipeline.js';
export type { AuditedArtefact, LeakCertificate, Recomputation } from './certificate.js';
export { certificateJson, readLeakAudit } from './certificate-json.js';
export { type CutOptions, chooseCuts } from './choose-cuts.js';
export type { Difference } from './compare.js';
export { configPipeline, type FitNetwork } from './config-pipeline.js';
export { noisyStore } from './noisy-store.js';
export {
  type Boundary,
  type Fit,
  PROVENANCE_CHECKS,
  type Provenance,
  type ProvenanceFinding,
  type Trade,
} from './provenance.js';
export { renderCertificate } from './render-certificate.js';
export { auditExperiment, type ExperimentAudit, type ExperimentAuditOptions } from './run-audit.js';
export { truncatedStore } from './truncated-store.js';
