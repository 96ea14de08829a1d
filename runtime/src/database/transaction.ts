import type { EntityManager } from 'typeorm';

/** A unit of work in progress. */
export class Transaction {
  private readonly callbacks: (() => void)[] = [];
  private failure: { readonly error: unknown } | undefined;
  private over = false;

  constructor(readonly manager: EntityManager) {}

  /** False once it is committed or rolled back: later work is no longer part of it. */
  get open(): boolean {
    return !this.over;
  }

  async execute<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    try {
      const result = await work(this.manager);
      if (this.failure) throw this.failure.error;
      return result;
    } finally {
      this.over = true;
    }
  }

  /**
   * Runs `work` as part of this transaction. When it fails, the whole transaction fails, even if the error is caught.
   */
  async join<T>(work: (tx: EntityManager) => Promise<T>): Promise<T> {
    try {
      return await work(this.manager);
    } catch (error) {
      this.failure ??= { error };
      throw error;
    }
  }

  afterCommit(callback: () => void): void {
    this.callbacks.push(callback);
  }

  committed(): void {
    for (const callback of this.callbacks) callback();
  }
}
