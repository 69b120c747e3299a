import type { ProgressSink, ProgressTask } from '../util/index.js';

/** Seconds as a person says them: `8 s`, `2 min 05 s`, `1 h 12 min`. */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${seconds < 9.95 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  const whole = Math.round(seconds);
  const minutes = Math.floor(whole / 60);
  if (minutes < 60) return `${minutes} min ${String(whole % 60).padStart(2, '0')} s`;
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
}

const BAR_WIDTH = 22;

function bar(share: number): string {
  const full = Math.round(Math.min(1, Math.max(0, share)) * BAR_WIDTH);
  return `${'█'.repeat(full)}${'░'.repeat(BAR_WIDTH - full)}`;
}

interface Screen {
  readonly stream: NodeJS.WriteStream;
  readonly secondsNow: () => number;
}

/**
 * Draws progress on a stream (stderr, so that stdout stays the answer): one live line with a bar, a figure and the time
 * left on a terminal; elsewhere, as in a log, a line at the end of each task and one every half minute.
 */
export function terminalProgress(screen: Screen): ProgressSink {
  const { stream, secondsNow } = screen;
  const live = stream.isTTY === true;
  const refreshSeconds = live ? 0.1 : 30;
  const clear = () => stream.write('\r\u001b[2K');

  return {
    start(title, total, unit): ProgressTask {
      const began = secondsNow();
      let drawn = live ? -1 : began;
      let ended = false;
      if (live) stream.write(`  ◦ ${title}`);

      function line(done: number, note: string | undefined): string {
        const elapsed = secondsNow() - began;
        const tail = note ? `  ${note}` : '';
        if (total === undefined || total <= 0) return `  ◦ ${title}${tail}`;
        const left = done > 0 ? `  ${formatDuration((elapsed * (total - done)) / done)} left` : '';
        const amount = `${Math.floor((100 * done) / total)} %${unit ? ` of ${total.toLocaleString('en-US')} ${unit}` : ''}`;
        return `  ◦ ${title}  ${bar(done / total)} ${amount}${left}${tail}`;
      }

      return {
        update(done, note) {
          if (ended || secondsNow() - drawn < refreshSeconds) return;
          drawn = secondsNow();
          if (live) {
            clear();
            stream.write(line(done, note).slice(0, Math.max(20, (stream.columns ?? 100) - 1)));
          } else stream.write(`${line(done, note)}\n`);
        },
        end(note) {
          if (ended) return;
          ended = true;
          if (live) clear();
          stream.write(`  ✓ ${title}  ${formatDuration(secondsNow() - began)}${note ? `  ${note}` : ''}\n`);
        },
      };
    },
  };
}
