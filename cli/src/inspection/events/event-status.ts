import { readMetrics } from './read-metrics.js';
import type { MetricSample } from './read-metrics.js';
import type { Service } from '../../model/system/system.js';

/** The outbox and the inbox of a service in numbers; counts are those since it started. */
export interface EventNumbers {
  /** Committed messages that are not yet published. */
  readonly waiting: number;
  /** Age of the oldest of them, in seconds. */
  readonly oldestSeconds: number;
  /** Messages published. */
  readonly published: number;
  /** Mean time from the write of a message to its acknowledgement; absent before the first one. */
  readonly publishSeconds?: number;
  /** Messages that Kafka refused for good, and that are in outbox_refused. */
  readonly refused: number;
  readonly handled: number;
  /** Copies that the inbox dropped. */
  readonly duplicates: number;
  readonly deadLettered: number;
  readonly rebalances: number;
  /** By topic; empty if the service consumes nothing, or Kafka does not answer. */
  readonly lag: Readonly<Record<string, number>>;
}

export interface EventStatus {
  readonly service: string;
  /** Absent if the service does not answer. */
  readonly numbers?: EventNumbers;
}

/** Those of these services that publish or consume events. */
export async function eventStatus(services: readonly Service[]): Promise<EventStatus[]> {
  const involved = services.filter(({ publishes, consumes }) => publishes.length + consumes.length > 0);
  return Promise.all(
    involved.map(async ({ name, healthPort }) => {
      const samples = await readMetrics(healthPort);
      const isIts = samples?.some(({ labels }) => labels['service'] === name);
      return { service: name, ...(isIts && { numbers: numbersIn(samples!) }) };
    }),
  );
}

export function numbersIn(samples: readonly MetricSample[]): EventNumbers {
  const sum = (name: string, outcome?: string): number =>
    samples
      .filter((sample) => sample.name === name && (!outcome || sample.labels['outcome'] === outcome))
      .reduce((total, { value }) => total + value, 0);
  const published = sum('outbox_publish_seconds_count');
  return {
    waiting: sum('outbox_messages'),
    oldestSeconds: sum('outbox_oldest_message_age_seconds'),
    published,
    ...(published > 0 && { publishSeconds: sum('outbox_publish_seconds_sum') / published }),
    refused: sum('outbox_refused_messages'),
    handled: sum('events_consumed_total', 'handled'),
    duplicates: sum('events_consumed_total', 'duplicate'),
    deadLettered: sum('events_consumed_total', 'dead-lettered'),
    rebalances: sum('consumer_rebalances_total'),
    lag: Object.fromEntries(
      samples
        .filter(({ name }) => name === 'consumer_lag_messages')
        .map(({ labels, value }) => [labels['topic']!, value]),
    ),
  };
}
