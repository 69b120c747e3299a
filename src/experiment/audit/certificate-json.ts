import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LeakAuditReport } from '../../report/index.js';
import { CandlenetError, formatDay } from '../../util/index.js';
import { readJson, toPlainJson } from '../json.js';
import { CERTIFICATE_FILE, type LeakCertificate } from './certificate.js';
import { PROVENANCE_CHECKS } from './provenance.js';

/** The certificate as a file: days as YYYY-MM-DD, a missing value as null, each check of provenance with its title. */
export function certificateJson(certificate: LeakCertificate): string {
  const { cuts, recomputations, first, provenance } = certificate;
  const dated = <D extends { readonly date: number }>(difference: D) => ({
    ...difference,
    date: formatDay(difference.date),
  });
  return toPlainJson({
    ...certificate,
    cuts: cuts.map(formatDay),
    recomputations: recomputations.map(({ cut, differences, ...rest }) => ({
      cut: formatDay(cut),
      ...rest,
      differences: differences.map(dated),
    })),
    provenance: provenance.map((finding) => ({ ...finding, title: PROVENANCE_CHECKS[finding.check] })),
    first: first && { ...dated(first), cut: formatDay(first.cut) },
  });
}

/** What the report shows of the certificate in a run folder; undefined where none was made. @throws FILE_UNREADABLE */
export function readLeakAudit(folder: string): LeakAuditReport | undefined {
  const path = join(folder, CERTIFICATE_FILE);
  if (!existsSync(path)) return undefined;
  const certificate = readJson(path, JSON.parse) as LeakAuditReport & { readonly format?: unknown };
  const complete = Array.isArray(certificate?.cuts) && Array.isArray(certificate?.artefacts);
  if (certificate?.format !== 'candlenet-leak-certificate' || !complete) {
    throw new CandlenetError('FILE_UNREADABLE', `${path}: found no certificate, expected what candlenet audit writes`);
  }
  const { verdict, cuts, artefacts, provenance, first } = certificate;
  return { verdict, cuts, artefacts, provenance, first };
}
