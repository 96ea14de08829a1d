import { Alarm } from './alarm.js';
import type { BoundDeadlineHandler } from './on-deadline.js';
import { KindRunner, type RunnerParts } from './kind-runner.js';
import { RunnerLease } from './runner-lease.js';

/** How long it sleeps at most: another replica may have set deadlines and died, and the clock of a machine may jump. */
const LONGEST_SLEEP_MS = 30_000;
const RETRY_MS = 1_000;
/** How long a shutdown waits for the deadlines that are being looked at. */
const STOP_TIMEOUT_MS = 1_500;

/**
 * Sleeps until the next deadline and has its handler look at it. Where several replicas share a database, all of them wake up
 * and one of them gets the lease; the others sleep until the lease would end.
 */
export class DeadlineRunner {
  private readonly alarm = new Alarm();
  private readonly lease: RunnerLease;
  private readonly kinds: readonly KindRunner[];
  private stopping = false;
  private failing = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly parts: RunnerParts,
    handlers: readonly BoundDeadlineHandler[],
    lease = new RunnerLease(parts.database),
  ) {
    this.lease = lease;
    this.kinds = handlers.map((handler) => new KindRunner(parts, handler));
  }

  start(): void {
    this.running = this.run();
  }

  /** A deadline was set that is due in `after` milliseconds. */
  added(after: number): void {
    this.alarm.ringIn(after);
  }

  /** Why deadlines of this kind could not be finished, if so. */
  problemOf(kind: string): string | undefined {
    return this.kinds.find((one) => one.kind === kind)?.problem;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.alarm.ringIn(0);
    const timeout = new Promise((resolve) => setTimeout(resolve, STOP_TIMEOUT_MS).unref());
    await Promise.race([this.running, timeout]);
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      const sleep = await this.lookAtAll().catch((error: unknown) => this.failed(error));
      if (!this.stopping) await this.alarm.wait(sleep);
    }
  }

  /** @returns how many milliseconds to sleep */
  private async lookAtAll(): Promise<number> {
    const waits = await Promise.all(this.kinds.map((kind) => kind.untilNext()));
    this.failing = false;
    const next = Math.min(LONGEST_SLEEP_MS, ...waits);
    if (next > 0) return next;
    const taken = await this.lease.take();
    if (taken > 0) return Math.min(taken, LONGEST_SLEEP_MS);
    try {
      for (const kind of this.kinds) await this.lookAtKind(kind);
    } finally {
      await this.lease.release();
    }
    return 0;
  }

  private async lookAtKind(kind: KindRunner): Promise<void> {
    while (!this.stopping && (await kind.lookAtBatch())) {
      if ((await this.lease.take()) > 0) return;
    }
  }

  private failed(error: unknown): number {
    if (!this.failing && !this.stopping)
      this.parts.logger.warn('Deadlines wait for the database', { err: error }, 'Deadlines');
    this.failing = true;
    return RETRY_MS;
  }
}
