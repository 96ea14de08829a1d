import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from '@jest/globals';
import { eventStatus, numbersIn } from './event-status.js';
import { parseMetrics } from './read-metrics.js';
import type { Service } from '../../model/system/system.js';

const METRICS = String.raw`# HELP outbox_messages Number of committed messages that are not yet published.
# TYPE outbox_messages gauge
outbox_messages{service="orders"} 3
outbox_oldest_message_age_seconds{service="orders"} 2.5
outbox_refused_messages{service="orders"} 1
outbox_publish_seconds_bucket{le="0.001",service="orders"} 0
outbox_publish_seconds_sum{service="orders"} 0.5
outbox_publish_seconds_count{service="orders"} 10
events_consumed_total{topic="a",outcome="handled",service="orders"} 4
events_consumed_total{topic="b \"quoted\"\n",outcome="handled",service="orders"} 2
events_consumed_total{topic="a",outcome="duplicate",service="orders"} 7
events_consumed_total{topic="a",outcome="dead-lettered",service="orders"} 1
consumer_lag_messages{topic="a",service="orders"} 12
consumer_lag_messages{topic="b",service="orders"} 0
consumer_rebalances_total{service="orders"} 2
`;

const NUMBERS = {
  waiting: 3,
  oldestSeconds: 2.5,
  published: 10,
  publishSeconds: 0.05,
  refused: 1,
  handled: 6,
  duplicates: 7,
  deadLettered: 1,
  rebalances: 2,
  lag: { a: 12, b: 0 },
};

let server: Server | undefined;
afterEach(() => void server?.close());

async function serving(body: string): Promise<number> {
  server = createServer((_, response) => void response.end(body));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const service = (name: string, healthPort: number, publishes: string[] = ['a']) =>
  ({ name, healthPort, publishes, consumes: [] }) as unknown as Service;

it('reads the numbers from the metrics of a service', () => {
  const samples = parseMetrics(METRICS);
  expect(numbersIn(samples)).toEqual(NUMBERS);
  expect(samples[7]!.labels['topic']).toBe('b "quoted"\n');
  expect(numbersIn([])).toMatchObject({ waiting: 0, lag: {} });
});

it('asks the services that publish or consume; one that does not run has no numbers', async () => {
  const port = await serving(METRICS);
  const services = [service('orders', port), service('users', 1), service('gateway', port, [])];
  expect(await eventStatus(services)).toEqual([
    { service: 'orders', numbers: NUMBERS },
    { service: 'users' },
  ]);
});

it('does not take the metrics of another program for those of the service', async () => {
  const port = await serving(METRICS);
  expect(await eventStatus([service('users', port)])).toEqual([{ service: 'users' }]);
});
