import type { EntityManager } from 'typeorm';

/** A unit of work that is under way. */
export class Transaction {
  private readonly callbacks: (() => void)[] = [];
  private failure: { readonly error: unknown } | undefined;
  private over = false;

  constructor(readonly manager: EntityManager) {}

  /** False once it is committed or rolled back: work that outlives its transaction is no longer part of it. */
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

  /** Runs `work` as a part of this transaction. When it fails, all of it fails, even if the error is caught inside. */
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
