import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { Broker } from './broker.fixture.js';
import { productStockUpdated } from './followed-events.js';
import { eventually, Subscriber } from './subscriber.fixture.js';
import type { Heard } from './subscriber.fixture.js';

const MANY = 1_000;
const WAVE = 50;

const broker = new Broker();
const gateway = new Gateway();
const { shop } = gateway;

beforeAll(async () => {
  await broker.start();
  const limits = { RATE_LIMIT_ADDRESS: 'off', RATE_LIMIT_PRINCIPAL: 'off' };
  await gateway.start('production', { KAFKA_BROKERS: broker.address, ...limits });
});
afterAll(async () => {
  await gateway.stop();
  await broker.remove();
});

it(`${MANY} sockets all hear an event, beside which queries are answered, in bounded memory`, async () => {
  const { id: productId } = shop.addProduct();
  const jane = shop.addUser('Jane').id;
  await gateway.signIn(jane, 'customer');
  const query = `subscription { productStockChanged(productId: "${productId}") { stock } }`;
  /** Of this process, which has run other tests before and holds the clients too. */
  const heapBefore = process.memoryUsage().heapUsed;
  const all: Subscriber[] = [];
  const heard: Heard[] = [];
  while (all.length < MANY) {
    const wave = Array.from({ length: WAVE }, () => new Subscriber(gateway.url, `Bearer ${gateway.token}`));
    all.push(...wave);
    heard.push(...wave.map((one) => one.subscribe(query)));
    await eventually('all of a wave are in', () => wave.every(({ acknowledged }) => acknowledged));
  }
  let stock = 0;
  const heardNow = () => heard.every(({ data }) => data.at(-1)?.productStockChanged.stock === stock);
  await eventually('all hear the same', async () => {
    stock++;
    await broker.tell(productStockUpdated, productId, { productId, stock, change: 1, orderId: '' });
    const answers = await Promise.all(Array.from({ length: 20 }, () => gateway.gql('{ me { id } }')));
    expect(answers.map(({ data }) => data)).toEqual(Array(20).fill({ me: { id: jane } }));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    return heardNow();
  });
  expect(heard.flatMap(({ errors }) => errors)).toEqual([]);
  expect(process.memoryUsage().heapUsed - heapBefore).toBeLessThan(600 * 1024 * 1024);
  await Promise.all(all.map((one) => one.stop()));
}, 600_000);
