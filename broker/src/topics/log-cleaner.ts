import { setImmediate } from 'node:timers/promises';
import type { Log } from '../log-line.js';
import type { ConfiguredResources } from '../settings/configured-resources.js';
import type { Partition } from './partition.js';
import type { TopicCatalogue } from './topic-catalogue.js';

interface Services {
  readonly resources: ConfiguredResources;
  readonly log: Log;
  now(): number;
}

/** The name of a partition as Kafka logs it. */
type Visit = (partition: Partition, name: string) => void | Promise<void>;

/**
 * Applies retention and compaction to all partitions from time to time, at the intervals of Kafka's settings. Errors of
 * the disk are logged, and the work is tried once more the next time.
 */
export class LogCleaner {
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private running: Promise<void> = Promise.resolve();
  private stopped = false;

  constructor(
    private readonly topics: TopicCatalogue,
    private readonly services: Services,
  ) {}

  start(): void {
    this.schedule('log.retention.check.interval.ms', () => this.retain());
    this.schedule('log.cleaner.backoff.ms', () => this.compact());
  }

  /** Deletes the segments beyond the limits of retention. */
  retain(): Promise<void> {
    return this.visit('retention failed', (partition, name) => {
      const { segments, bytes } = partition.retain(this.services.now());
      if (segments > 0)
        this.services.log('info', 'old records deleted', { partition: name, segments, bytes });
    });
  }

  /** Compacts the logs that are due. */
  compact(): Promise<void> {
    return this.visit('compaction failed', async (partition, name) => {
      const done = await partition.compact(this.services.now());
      if (done) this.services.log('info', 'log compacted', { partition: name, ...done });
    });
  }

  /** Resolves when the current partition is done. */
  async close(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await this.running;
  }

  private schedule(setting: string, work: () => Promise<void>): void {
    if (this.stopped) return;
    const run = (): void => void work().then(() => this.schedule(setting, work));
    const delay = Math.min(Number(this.services.resources.valueOf(setting)), MAX_DELAY_MS);
    this.timers.set(setting, setTimeout(run, delay).unref());
  }

  /** One after another, so that neither retention nor compaction changes a log that the other one works on. */
  private visit(failure: string, visit: Visit): Promise<void> {
    this.running = this.running.then(async () => {
      for (const { name, partitions } of this.topics.all())
        for (const [index, partition] of partitions.entries()) {
          if (this.stopped) return;
          if (partition.isOpen) await this.attempt(failure, () => visit(partition, `${name}-${index}`));
        }
    });
    return this.running;
  }

  private async attempt(failure: string, work: () => void | Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.services.log('error', failure, { err: String(error) });
    }
    await setImmediate();
  }
}

/** Timers have 31 bits. */
const MAX_DELAY_MS = 2 ** 31 - 1;
