/** Runs one task at a time, in the order they were added; a task that fails does not hold up the next. */
export class SerialQueue {
  private tail: Promise<unknown> = Promise.resolve();

  add<T>(task: () => Promise<T>): Promise<T> {
    const result = this.tail.then(task);
    this.tail = result.catch(() => undefined);
    return result;
  }

  /** Resolves when everything added so far is done. */
  async idle(): Promise<void> {
    await this.tail;
  }
}
