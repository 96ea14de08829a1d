import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import type { Store, TransactionOptions } from './store.js';
import { Transaction } from './transaction.js';

/** How long the database may take to answer a health probe, in milliseconds. */
const PROBE_TIMEOUT = 2000;

/** The service's own database: one way to read, one way to write. */
export class Database {
  private readonly current = new AsyncLocalStorage<Transaction>();
  private readonly transactions = new WeakMap<EntityManager, Transaction>();
  private probing: Promise<string | undefined> | undefined;

  constructor(readonly store: Store) {}

  /** For reads outside of transactions; sees what is committed. On SQLite, writing through it is an error. */
  get read(): EntityManager {
    return this.store.read;
  }

  get driver(): 'sqlite' | 'postgres' {
    return this.store.driver;
  }

  /**
   * Runs `work` in one transaction: all of it is committed when it resolves, none of it when it rejects. Called within
   * another transaction, it becomes a part of that one. `tx` is of no use after `work` is done.
   *
   * On SQLite transactions run one after another; on PostgreSQL side by side, and `work` is run again after a conflict
   * (serialization failure, deadlock), so it must do nothing that cannot be repeated.
   */
  async transaction<T>(
    work: (tx: EntityManager) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const outer = this.current.getStore();
    if (outer?.open) return outer.join(work);
    let transaction!: Transaction;
    const result = await this.store.run((manager) => {
      transaction = new Transaction(manager);
      this.transactions.set(manager, transaction);
      return this.current.run(transaction, () => transaction.execute(work));
    }, options);
    transaction.committed();
    return result;
  }

  /**
   * Calls back once the transaction of `tx` is committed, and never when it is not.
   * @throws Error when `tx` is not the manager of a transaction that is under way
   */
  afterCommit(tx: EntityManager, callback: () => void): void {
    const transaction = this.transactions.get(tx);
    if (!transaction?.open)
      throw new Error('This needs the entity manager of a transaction that is under way');
    transaction.afterCommit(callback);
  }

  isTransient(error: unknown): boolean {
    return this.store.isTransient(error);
  }

  /** Why the database does not answer, or undefined. */
  probe(): Promise<string | undefined> {
    this.probing ??= this.ask().finally(() => (this.probing = undefined));
    return this.probing;
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private async ask(): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`no answer within ${PROBE_TIMEOUT} ms`), PROBE_TIMEOUT);
    });
    const answer = this.read.query('SELECT 1').then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
  }
}
