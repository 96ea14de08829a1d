import { rowsFor } from './rows.js';

export interface Task {
  title: string;
  /** Answers what the title becomes when it is done. */
  work: () => Promise<string>;
}

/** Does all at once, and shows how far each is. When some fail the others go on; then rejects with the first failure. */
export async function runTasks(tasks: Task[], { silent }: { silent: boolean }): Promise<void> {
  const rows = await rowsFor({ silent });
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
