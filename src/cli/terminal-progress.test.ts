import { describe, expect, it } from 'vitest';
import { formatDuration, terminalProgress } from './terminal-progress.js';

describe('formatDuration', () => {
  it.each([
    [0.04, '0.0 s'],
    [8.26, '8.3 s'],
    [59.4, '59 s'],
    [125, '2 min 05 s'],
    [4320, '1 h 12 min'],
  ])('%d s is %s', (seconds, text) => expect(formatDuration(seconds)).toBe(text));
});

describe('terminalProgress', () => {
  function screen(isTTY: boolean) {
    const written: string[] = [];
    let now = 0;
    const stream = {
      isTTY,
      columns: 120,
      write: (text: string) => written.push(text),
    } as unknown as NodeJS.WriteStream;
    return {
      written,
      tick: (seconds: number) => (now += seconds),
      sink: terminalProgress({ stream, secondsNow: () => now }),
    };
  }

  it('estimates the time left from the share done', () => {
    const { written, tick, sink } = screen(true);
    const task = sink.start('Training', 1000, 'samples');
    tick(10);
    task.update(250, 'loss 1.05');
    expect(written.at(-1)).toContain('25 % of 1,000 samples  30 s left  loss 1.05');
    tick(30);
    task.end('done');
    expect(written.at(-1)).toBe('  ✓ Training  40 s  done\n');
  });

  it('writes few lines where nobody watches', () => {
    const { written, tick, sink } = screen(false);
    const task = sink.start('Training', 100);
    for (let done = 1; done <= 60; done++) {
      tick(1);
      task.update(done);
    }
    task.end();
    task.end();
    expect(written.length).toBe(3);
    expect(written.every((line) => line.endsWith('\n') && !line.includes('\u001b'))).toBe(true);
  });
});
