/** Long work tells what it is doing through a sink; the command line draws it, a library caller may ignore it. */
export interface ProgressSink {
  /** Opens a task. `total` in units of `unit` lets the sink estimate the time left. */
  start(title: string, total?: number, unit?: string): ProgressTask;
}

export interface ProgressTask {
  /** `done` counts from 0 to the task's total; `note` is a short figure beside it, such as the loss. */
  update(done: number, note?: string): void;
  end(note?: string): void;
}

const silentTask: ProgressTask = { update: () => {}, end: () => {} };

export const silentProgress: ProgressSink = { start: () => silentTask };
