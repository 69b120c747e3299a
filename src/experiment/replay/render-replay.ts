import type { Replay } from './replay-run.js';

/** The outcome for a terminal: every artefact, and whether it came out the same. */
export function renderReplay({ id, identical, firstDifference, artefacts, sameProgram }: Replay): string {
  const width = Math.max(...artefacts.map(({ path }) => path.length));
  const mark = ({ same, expected, found }: Replay['artefacts'][number]) =>
    same ? 'same bits' : expected === null ? 'NEW' : found === null ? 'MISSING' : 'DIFFERS';
  const outcome = identical
    ? `Bit-identical: all ${artefacts.length} artefacts of ${id} came out the same.`
    : `Not the same: ${firstDifference} is the first that differs.`;
  const program = sameProgram
    ? []
    : [
        'The program or the defaults of its configuration are not those the run was made with: a difference may come from there.',
      ];
  return ['', ...artefacts.map((one) => `  ${one.path.padEnd(width)}  ${mark(one)}`), '', outcome, ...program].join(
    '\n',
  );
}
