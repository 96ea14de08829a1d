import { AsyncLocalStorage } from 'node:async_hooks';
import type { EntityManager } from 'typeorm';
import { DatabaseOutage, DatabaseUnavailable } from './database-outage.js';
import { DiskFull, DiskSpace, takeSpace } from './disk-full.js';
import type { Store, TransactionOptions } from './store.js';
import { Transaction } from './transaction.js';

/** How long the database may take to answer a health probe. */
const PROBE_TIMEOUT_MS = 2000;

/** The service's own database: one way to read, one way to write. */
export class Database {
  private readonly current = new AsyncLocalStorage<Transaction>();
  private readonly transactions = new WeakMap<EntityManager, Transaction>();
  private readonly diskSpace = new DiskSpace();
  private trying: Promise<void> | undefined;
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
   * another transaction, it joins that one. `tx` must not be used after `work` has finished.
   *
   * On SQLite transactions run one after another; on PostgreSQL side by side, and `work` is run again after a conflict
   * (serialization failure, deadlock), so it must be safe to repeat.
   * @throws DatabaseOutage
   */
  async transaction<T>(
    work: (tx: EntityManager) => Promise<T>,
    options: TransactionOptions = {},
  ): Promise<T> {
    const outer = this.current.getStore();
    if (outer?.open) return outer.join(work);
    let transaction!: Transaction;
    const begin = (manager: EntityManager) => {
      transaction = new Transaction(manager);
      this.transactions.set(manager, transaction);
      return this.current.run(transaction, () => transaction.execute(work));
    };
    const result = await this.store.run(begin, options).catch((error: unknown) => this.failed(error));
    this.diskSpace.writeSucceeded();
    transaction.committed();
    return result;
  }

  /**
   * Calls back after the transaction of `tx` is committed; never when it is rolled back.
   * @throws Error when `tx` is not the manager of a transaction that is in progress
   */
  afterCommit(tx: EntityManager, callback: () => void): void {
    const transaction = this.transactions.get(tx);
    if (!transaction?.open)
      throw new Error('This needs the entity manager of a transaction that is in progress');
    transaction.afterCommit(callback);
  }

  isTransient(error: unknown): boolean {
    return error instanceof DatabaseOutage || this.store.isTransient(error);
  }

  /**
   * Why nothing can be written, or undefined; reads still work. After a write that failed, writing is tried again: a service that
   * gets no requests because of it would not notice otherwise that there is space again.
   */
  async shortage(): Promise<string | undefined> {
    if (this.diskSpace.problem) {
      this.trying ??= this.tryToWrite().finally(() => (this.trying = undefined));
      await this.trying;
    }
    return this.diskSpace.problem ?? (await this.store.shortage().catch(() => undefined));
  }

  /** Why the database does not answer, or undefined. */
  probe(): Promise<string | undefined> {
    this.probing ??= this.queryWithTimeout().finally(() => (this.probing = undefined));
    return this.probing;
  }

  close(): Promise<void> {
    return this.store.close();
  }

  private failed(error: unknown): never {
    if (!this.store.isFull(error)) {
      const raw = !(error instanceof DatabaseOutage) && this.store.isTransient(error);
      throw raw ? new DatabaseUnavailable(error) : error;
    }
    this.diskSpace.writeFailed(error as Error);
    throw new DiskFull(error);
  }

  /** Rolled back in any case. */
  private async tryToWrite(): Promise<void> {
    const enough = new Error('there is space');
    const attempt = this.store.run(async (tx) => {
      await takeSpace(tx);
      throw enough;
    }, {});
    await attempt.catch((error: unknown) => error === enough && this.diskSpace.writeSucceeded());
  }

  private async queryWithTimeout(): Promise<string | undefined> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<string>((resolve) => {
      timer = setTimeout(() => resolve(`no answer within ${PROBE_TIMEOUT_MS} ms`), PROBE_TIMEOUT_MS);
    });
    const answer = this.read.query('SELECT 1').then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    return Promise.race([answer, silence]).finally(() => clearTimeout(timer));
  }
}
