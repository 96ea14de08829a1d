import type { Counter } from '../metrics/counter.js';
import type { Metrics } from '../metrics/metrics.js';
import type { KafkaContext } from './kafka/kafka-connection.js';
import type { OutboxRelay } from './outbox/outbox-relay.js';

const BACKLOG = {
  name: 'outbox_messages',
  help: 'Number of committed messages that are not yet published.',
  labels: [],
};

const OLDEST = {
  name: 'outbox_oldest_message_age_seconds',
  help: 'Age of the oldest committed message that is not yet published; 0 without one.',
  labels: [],
};

const REFUSED = {
  name: 'outbox_refused_messages',
  help: 'Number of messages that Kafka refused for good, and that are in the table outbox_refused.',
  labels: [],
};

const PUBLISHED = {
  name: 'outbox_publish_seconds',
  help: 'Time from the write of a message to its acknowledgement by Kafka.',
  labels: [],
};

const OUTCOMES = {
  name: 'events_consumed_total',
  help: 'Number of consumed events by outcome: handled, duplicate, ignored or dead-lettered.',
  labels: ['topic', 'outcome'],
};

const REBALANCES = {
  name: 'consumer_rebalances_total',
  help: 'Number of times that partitions were assigned to this member of the consumer group.',
  labels: [],
};

const LAG = {
  name: 'consumer_lag_messages',
  help: 'Number of messages of the topic that the consumer group has not yet committed.',
  labels: ['topic'],
};

/** How long a scrape waits for Kafka. */
const LAG_TIMEOUT_MS = 2000;

/** Returns what to call with the seconds that each message took. */
export function measurePublishing(metrics: Metrics): (seconds: number) => void {
  const published = metrics.histogram(PUBLISHED);
  return (seconds) => published.observe([], seconds);
}

export function measureOutbox(metrics: Metrics, relay: OutboxRelay): void {
  metrics.gauge(BACKLOG, async () => [{ labels: {}, value: await relay.backlog() }]);
  metrics.gauge(OLDEST, async () => [{ labels: {}, value: (await relay.oldestAgeMs()) / 1000 }]);
  metrics.gauge(REFUSED, async () => [{ labels: {}, value: await relay.refused() }]);
}

export const countOutcomes = (metrics: Metrics): Counter => metrics.counter(OUTCOMES);

/** Returns what to call when the group was rebalanced. */
export function countRebalances(metrics: Metrics): () => void {
  const rebalances = metrics.counter(REBALANCES);
  return () => rebalances.add([]);
}

/** Asks Kafka at each scrape: a consumer knows only what it has fetched. While Kafka is away, there is no value. */
export function measureLag(
  metrics: Metrics,
  { kafka, check }: KafkaContext,
  consumer: { readonly group: string; readonly topics: readonly string[] },
): void {
  metrics.gauge(LAG, async () => {
    if (!check.report().ok) return [];
    const lags = await within(LAG_TIMEOUT_MS, kafka.lagOf(consumer.group, consumer.topics));
    return lags.map(({ topic, lag }) => ({ labels: { topic }, value: lag }));
  });
}

function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ms} ms`)), ms);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
