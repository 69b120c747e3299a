import { formatCount, formatDay } from '../../util/index.js';
import type { LeakCertificate } from './certificate.js';
import { PROVENANCE_CHECKS } from './provenance.js';

const MARKS = { pass: 'ok', fail: 'FAILS', unknown: 'not judged' } as const;

/** The certificate for the terminal. */
export function renderCertificate(certificate: LeakCertificate, path: string): string {
  const { pipeline, store, cuts, artefacts, recomputations, provenance, verdict, first } = certificate;
  const failing = new Set(recomputations.flatMap(({ differences }) => differences.map(({ artefact }) => artefact)));
  const width = Math.max(
    ...artefacts.map(({ name }) => name.length),
    ...Object.values(MARKS).map(({ length }) => length),
  );
  const lines = [
    `Leak audit of ${pipeline} on ${store.title}`,
    `  ${cuts.length} cuts, the future removed and turned to noise at each: ${cuts.map(formatDay).join(', ')}`,
    '',
    ...artefacts.map(({ name, cells }) => {
      const mark = failing.has(name) ? MARKS.fail : cells === 0 ? 'not compared' : MARKS.pass;
      return `  ${name.padEnd(width)}  ${mark.padEnd(12)}  ${formatCount(cells)} values compared`;
    }),
    '',
    ...provenance.map(
      ({ check, status, detail }) => `  ${MARKS[status].padEnd(10)}  ${PROVENANCE_CHECKS[check]}: ${detail}`,
    ),
    '',
  ];
  if (first !== null) {
    const where = `${first.artefact}, ${first.column}${first.symbol === '' ? '' : ` of ${first.symbol}`} on ${formatDay(first.date)}`;
    lines.push(
      `Looks ahead: ${where} changes when what comes after ${formatDay(first.cut)} is ${first.future === 'noise' ? 'turned to noise' : 'removed'}.`,
    );
  } else if (verdict === 'looks-ahead') {
    lines.push('Looks ahead: nothing changed without the future, but a check of provenance fails.');
  } else lines.push('Clean: nothing of what was compared looks ahead.');
  lines.push(`Certificate: ${path}`);
  return lines.join('\n');
}
