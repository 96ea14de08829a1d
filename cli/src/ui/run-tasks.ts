export interface Task {
  title: string;
  /** Answers what the title becomes when it is done. */
  work: () => Promise<string>;
}

/**
 * Does all at once, and shows how far each is: live on a terminal, a line each when done elsewhere. When some
 * fail the others go on; then rejects with the first failure.
 */
export async function runTasks(tasks: Task[], { silent }: { silent: boolean }): Promise<void> {
  if (process.stdout.isTTY && !silent) return runLive(tasks);
  const done = await Promise.allSettled(
    tasks.map(async ({ work }) => {
      const outcome = await work();
      if (!silent) process.stdout.write(`${outcome}\n`);
    }),
  );
  const failure = done.find((each) => each.status === 'rejected');
  if (failure) throw failure.reason;
}

async function runLive(tasks: Task[]): Promise<void> {
  const { Listr } = await import('listr2');
  const list = new Listr(
    tasks.map(({ title, work }) => ({
      title,
      task: async (_: unknown, shown: { title: string }) => {
        shown.title = await work();
      },
    })),
    { concurrent: true, exitOnError: false, collectErrors: 'minimal' },
  );
  await list.run();
  const [failure] = list.errors;
  if (failure) throw failure.error;
}
