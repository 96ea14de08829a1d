/** Runs one task at a time, in order; a task that fails does not block the next. */
export class SerialQueue {
  private tail: Promise<unknown> = Promise.resolve();

  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** Resolves when all tasks added so far have finished. */
  async idle(): Promise<void> {
    await this.tail;
  }
}
