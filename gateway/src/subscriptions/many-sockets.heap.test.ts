import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { reachableBytes } from '../reachable-bytes.fixture.js';
import { Gateway } from '../gateway.fixture.js';
import { TestBroker as Broker } from '../testing/test-broker.js';
import { bookStockUpdated } from '../library/upstreams.fixture.js';
import { eventually, TestSubscriber as Subscriber } from '../testing/test-subscriber.js';
import type { SubscriptionLog } from '../testing/test-subscriber.js';

const MANY = 1_000;
const WAVE = 50;

const broker = new Broker();
const gateway = new Gateway();
const { library } = gateway;

beforeAll(async () => {
  await broker.start();
  const limits = { RATE_LIMIT_ADDRESS: 'off', RATE_LIMIT_PRINCIPAL: 'off' };
  await gateway.start('production', { KAFKA_BROKERS: broker.address, ...limits });
});
afterAll(async () => {
  await gateway.stop();
  await broker.remove();
});

it(`${MANY} sockets all receive an event while queries are answered, in bounded memory`, async () => {
  const { id: bookId } = library.addBook();
  const jane = library.addReader('Jane').id;
  await gateway.signIn(jane, 'customer');
  const query = `subscription { bookStockChanged(bookId: "${bookId}") { stock } }`;
  const all: Subscriber[] = [];
  const received: SubscriptionLog[] = [];
  while (all.length < MANY) {
    const wave = Array.from({ length: WAVE }, () => new Subscriber(gateway.url, `Bearer ${gateway.token}`));
    all.push(...wave);
    received.push(...wave.map((one) => one.subscribe(query)));
    await eventually('all sockets of a wave are connected', () =>
      wave.every(({ acknowledged }) => acknowledged),
    );
  }
  let stock = 0;
  const allReceived = () => received.every(({ data }) => data.at(-1)?.bookStockChanged.stock === stock);
  await eventually('all sockets receive the same event', async () => {
    stock++;
    await broker.publish(bookStockUpdated, bookId, { bookId, stock, change: 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.gql('{ me { id } }')));
    expect(answers.map(({ data }) => data)).toEqual(Array(20).fill({ me: { id: jane } }));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return allReceived();
  });
  expect(received.flatMap(({ errors }) => errors)).toEqual([]);
  const keptOpen = reachableBytes();
  await Promise.all(all.map((one) => one.stop()));
  await eventually('all are closed', () => all.every(({ closed }) => closed));
  expect(keptOpen - reachableBytes()).toBeLessThan(60 * 1024 * 1024);
}, 600_000);
