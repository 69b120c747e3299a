// What the benchmarks share: a program that answers commands line by line, and the rows they print.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

/** A program that prints one line of JSON at its start and one for each line it is given. */
export function converse(command, args) {
  const child = spawn(command, args.map(String), { stdio: ['pipe', 'pipe', 'pipe'] });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-2_000);
  });
  // A peer that is there and broken must not pass for one that is not there.
  child.on('close', (status) => {
    if (status)
      console.error(`${command} ${args[0]} ended with status ${status}: ${complaint.trim().split('\n').at(-1)}`);
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const ended = new Promise((resolve) => {
    child.on('error', resolve);
    child.on('close', resolve);
  });
  child.stdin.on('error', () => {});
  /** The next answer; null once the program has ended, or was never there. */
  const answer = async () => {
    const { value, done } = await Promise.race([lines.next(), ended.then(() => ({ done: true }))]);
    return done ? null : JSON.parse(value);
  };
  return {
    answer,
    ask(command) {
      child.stdin.write(`${command}\n`);
      return answer();
    },
    async close() {
      child.stdin.end();
      await ended;
    },
  };
}

export const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1];

/** One row of a benchmark; a ratio above 1 means that we are ahead, null that the peer is not there. */
export function row(work, unit, ours, peer, peerName, { lessIsBetter = false } = {}) {
  const ratio = peer === null ? null : lessIsBetter ? peer / ours : ours / peer;
  const short = (value) => (value === null ? null : Number(value.toPrecision(4)));
  return { work, unit, ours: short(ours), peer: short(peer), peerName, ratio: short(ratio) };
}

export function print(rows) {
  if (process.argv.includes('--json')) console.log(JSON.stringify(rows));
  else console.table(rows);
}
