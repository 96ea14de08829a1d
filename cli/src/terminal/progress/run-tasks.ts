import { progressView } from './progress-view.js';

export interface Task {
  title: string;
  /** Returns the text that replaces the title when the task is done. */
  work: () => Promise<string>;
}

/** Runs all tasks concurrently and shows their progress. If some fail, the others finish; then rejects with the first error. */
export async function runTasks(tasks: Task[], { silent }: { silent: boolean }): Promise<void> {
  const rows = await progressView({ silent });
  const done = await Promise.allSettled(
    tasks.map(async ({ title, work }) => {
      rows.show(title, 'pending', title);
      try {
        rows.show(title, 'done', await work());
      } catch (error) {
        rows.show(title, 'failed', `${title} failed`);
        throw error;
      }
    }),
  );
  rows.end();
  const failure = done.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
}
