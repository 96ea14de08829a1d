import { randomUUID } from 'node:crypto';
import type { Database } from '../database/database.js';
import { DomainError } from '../errors/domain-error.js';
import type { Logger } from '../logs/logger.js';
import type { Counter } from '../metrics/counter.js';
import { runInContext } from '../requests/request-context.js';
import { continueTrace } from '../requests/trace-context.js';
import type { DeadlineRow, DeadlineTable } from './deadline-table.js';
import type { BoundDeadlineHandler, Settle } from './on-deadline.js';

export interface RunnerParts {
  readonly database: Database;
  readonly table: DeadlineTable;
  readonly logger: Logger;
  /** By kind and outcome: done, again, superseded, failed. */
  readonly outcomes: Counter;
}

/** How many deadlines are looked at side by side. */
const BATCH_SIZE = 10;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 30_000;

/** A growing pause: doubled for each failure in a row, and shorter by chance, so that retries of many do not coincide. */
const pauseAfter = (failures: number): number =>
  Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures) * (0.75 + Math.random() / 4);

/** Looks at the deadlines of one kind that are due. */
export class KindRunner {
  private outages = 0;
  private pausedUntil = 0;
  /** Why the last deadline could not be finished; undefined if it could. */
  problem: string | undefined;

  constructor(
    private readonly parts: RunnerParts,
    private readonly handler: BoundDeadlineHandler,
  ) {}

  get kind(): string {
    return this.handler.kind;
  }

  /** The milliseconds until something is to be done, at most 0 if there is now. */
  async untilNext(): Promise<number> {
    return Math.max(this.pausedUntil - performance.now(), await this.parts.table.untilNext(this.kind));
  }

  /** @returns whether there may be more to do at once */
  async lookAtBatch(): Promise<boolean> {
    if (this.paused) return false;
    const rows = await this.parts.table.due(this.kind, BATCH_SIZE);
    await Promise.all(rows.map((row) => this.lookAt(row)));
    return rows.length === BATCH_SIZE && !this.paused;
  }

  private get paused(): boolean {
    return performance.now() < this.pausedUntil;
  }

  private async lookAt(row: DeadlineRow): Promise<void> {
    const context = { requestId: randomUUID(), trace: continueTrace() };
    try {
      const outcome = await runInContext(context, async () => {
        const settle = await this.handler.handle({ key: row.key, value: row.value });
        return this.finish(row, settle);
      });
      this.parts.outcomes.add([this.kind, outcome]);
      this.outages = 0;
      this.problem = undefined;
    } catch (error) {
      this.parts.outcomes.add([this.kind, 'failed']);
      await this.failed(row, error);
    }
  }

  private finish(row: DeadlineRow, settle: Settle<unknown>): Promise<'done' | 'again' | 'superseded'> {
    const { database, table } = this.parts;
    return database.transaction(async (tx) => {
      if (!(await table.finish(tx, row))) return 'superseded';
      const again = await settle(tx);
      if (again) await table.postpone(tx, row, again);
      return again ? 'again' : 'done';
    });
  }

  /** An outage concerns all deadlines of this kind, any other failure only this one. */
  private async failed(row: DeadlineRow, error: unknown): Promise<void> {
    const { database, table, logger } = this.parts;
    this.problem = error instanceof Error ? error.message : String(error);
    if (database.isTransient(error) || (error instanceof DomainError && error.kind === 'unavailable'))
      return this.pause();
    logger.warn('Could not look at a deadline', { kind: this.kind, key: row.key, err: error }, 'Deadlines');
    await table.failed(row, pauseAfter(row.failures)).catch(() => this.pause());
  }

  /** Several deadlines that fail side by side are one outage. */
  private pause(): void {
    if (this.paused) return;
    const { kind, problem: reason } = this;
    if (this.outages === 0) this.parts.logger.warn('Deadlines wait', { kind, reason }, 'Deadlines');
    this.pausedUntil = performance.now() + pauseAfter(this.outages++);
  }
}
