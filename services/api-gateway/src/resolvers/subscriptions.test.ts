import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';
import { OrderStatus } from '../gen/order.js';
import { eventually, TestBroker, TestSubscriber } from '@msx/gateway/testing';
import { orderStatusChanged, productStockUpdated } from '../events/followed-events.js';

const broker = new TestBroker();
const gateway = new Gateway();
const replica = new Gateway();
const { shop } = gateway;
const subscribers: TestSubscriber[] = [];
let jane: string;
let john: string;
let product: string;

beforeAll(async () => {
  await broker.start();
  const settings = { KAFKA_BROKERS: broker.address, CORS_ORIGINS: 'https://shop.example' };
  await gateway.start('production', {
    ...settings,
    RATE_LIMIT_ADDRESS: 'off',
    RATE_LIMIT_PRINCIPAL: '9000/60',
  });
  await replica.start('production', { ...settings, ...shop.urls, JWKS: shop.keys.variables.JWKS! });
  jane = shop.addUser('Jane').id;
  john = shop.addUser('John').id;
  product = shop.addProduct().id;
});
afterAll(async () => {
  await Promise.all([gateway.stop(), replica.stop()]);
  await broker.remove();
});
beforeEach(() => gateway.signIn(jane, 'customer'));
afterEach(async () => {
  await Promise.all(subscribers.splice(0).map((one) => one.stop()));
});

const bearer = async (id: string, ...roles: string[]) => `Bearer ${await shop.keys.sign({ id, roles })}`;

/** A client of a gateway, as this user. */
async function subscriber(id = jane, { at = gateway, roles = ['customer'] } = {}): Promise<TestSubscriber> {
  return client(at.url, await bearer(id, ...roles));
}

function client(...args: ConstructorParameters<typeof TestSubscriber>): TestSubscriber {
  const one = new TestSubscriber(...args);
  subscribers.push(one);
  return one;
}

const STOCK =
  'subscription ($id: ID!) { productStockChanged(productId: $id) { stock change product { stock } } }';
const ORDERS =
  'subscription ($userId: ID) { orderStatusChanged(userId: $userId) { orderId status order { status } } }';

const stockOf = (productId: string, stock: number) =>
  broker.publish(productStockUpdated, productId, { productId, stock, change: -1, orderId: '' });

/** An order of this user changes its status, in the database of its service and as an event. */
async function step(userId: string): Promise<string> {
  const order = shop.addOrder(userId, []);
  order.status = OrderStatus.ORDER_STATUS_CONFIRMED;
  await broker.publish(orderStatusChanged, order.id, {
    orderId: order.id,
    userId,
    previousStatus: OrderStatus.ORDER_STATUS_PENDING,
    status: OrderStatus.ORDER_STATUS_CONFIRMED,
    reason: '',
    changedAt: new Date(),
  });
  return order.id;
}

/** Publishes changes of a product until this subscription receives an event: from then on it misses none. */
async function settled(
  one: { data: unknown[]; errors: unknown[] },
  publish: () => Promise<unknown>,
): Promise<void> {
  await eventually('the subscription is active', async () => {
    await publish();
    await new Promise((resolve) => setTimeout(resolve, 50));
    return one.data.length > 0 || one.errors.length > 0;
  });
  expect(one.errors).toEqual([]);
}

describe('a subscription', () => {
  it('receives each change, in order, with freshly loaded data', async () => {
    const received = (await subscriber()).subscribe(STOCK, { id: product });
    await settled(received, () => stockOf(product, 50));
    const before = received.data.length;
    for (const stock of [9, 8, 7]) {
      shop.products.get(product)!.stock = stock;
      await stockOf(product, stock);
      await eventually('it is received', () => received.data.at(-1)?.productStockChanged.stock === stock);
      expect(received.data.at(-1).productStockChanged.product.stock).toBe(stock);
    }
    expect(received.data.length).toBeGreaterThanOrEqual(before + 3);
    received.stop();
  });

  it('receives events at every replica of the gateway', async () => {
    const [here, there] = [await subscriber(), await subscriber(jane, { at: replica })].map((one) =>
      one.subscribe(ORDERS),
    );
    await Promise.all([settled(here!, () => step(jane)), settled(there!, () => step(jane))]);
    const order = await step(jane);
    for (const { data } of [here!, there!])
      await eventually('it is received', () =>
        data.some(({ orderStatusChanged: one }) => one.orderId === order && one.order.status === 'CONFIRMED'),
      );
  });

  it('of orders receives those of its user only; an admin receives all', async () => {
    const own = (await subscriber()).subscribe(ORDERS);
    const all = (await subscriber('boss', { roles: ['admin'] })).subscribe(ORDERS);
    await settled(own, () => step(jane));
    await settled(all, () => step(jane));
    const [secret, mine] = [await step(john), await step(jane)];
    const idsOf = ({ data }: typeof own) => data.map(({ orderStatusChanged: one }) => one.orderId as string);
    await eventually('both are received', () => [secret, mine].every((id) => idsOf(all).includes(id)));
    await eventually('hers is received', () => idsOf(own).includes(mine));
    expect(idsOf(own)).not.toContain(secret);
  });

  it('misses nothing while Kafka restarts', async () => {
    const received = (await subscriber()).subscribe(ORDERS);
    await settled(received, () => step(jane));
    await broker.kill();
    await broker.start();
    const order = await step(jane);
    await eventually('it is received', () =>
      received.data.some(({ orderStatusChanged: one }) => one.orderId === order),
    );
  });

  it.each<[string, string, Record<string, unknown>]>([
    ['FORBIDDEN', ORDERS, { userId: 'another' }],
    ['ORDER_NOT_FOUND', 'subscription { orderStatusChanged(orderId: "nothing") { status } }', {}],
    ['PRODUCT_NOT_FOUND', STOCK, { id: 'nothing' }],
    ['VALIDATION_FAILED', STOCK, { id: '' }],
    ['BAD_USER_INPUT', STOCK, {}],
    ['BAD_REQUEST', '{ me { id } }', {}],
    ['GRAPHQL_PARSE_FAILED', 'subscription {', {}],
    ['GRAPHQL_VALIDATION_FAILED', 'subscription { nothing }', {}],
    [
      'QUERY_TOO_DEEP',
      `subscription { orderStatusChanged { order { ${'user { '.repeat(13)} id ${'}'.repeat(13)} } } }`,
      {},
    ],
  ])('that is invalid ends with %s, and leaves the socket open', async (code, query, variables) => {
    const one = await subscriber();
    const received = one.subscribe(query, variables);
    await eventually('it is refused', () => received.done);
    expect(received.codes).toContain(code);
    expect(received.errors[0].extensions.requestId).toEqual(expect.any(String));
    expect(JSON.stringify(received.errors)).not.toContain('Did you mean');
    expect(one.closed?.code ?? 1000).toBe(1000);
  });

  it('is refused beyond 50 on a socket', async () => {
    const one = await subscriber();
    const all = Array.from({ length: 51 }, () => one.subscribe(ORDERS));
    await eventually('one is refused', () => all.some(({ done }) => done));
    expect(all.filter(({ done }) => done).map(({ codes }) => codes)).toEqual([['TOO_MANY_SUBSCRIPTIONS']]);
  });

  it('counts as a request', async () => {
    const other = new Gateway();
    try {
      await other.start('production', { KAFKA_BROKERS: broker.address, RATE_LIMIT_PRINCIPAL: '3/3600' });
      const token = `Bearer ${await other.shop.keys.sign({ id: jane, roles: [] })}`;
      const one = client(other.url, token);
      const all = Array.from({ length: 4 }, () => one.subscribe('subscription { nothing }'));
      await eventually('all are refused', () => all.every(({ done }) => done));
      expect(all.flatMap(({ codes }) => codes).filter((code) => code === 'RATE_LIMITED')).toHaveLength(1);
    } finally {
      await other.stop();
    }
  });

  it('is refused while Kafka is down, but queries are not', async () => {
    const other = new Gateway();
    try {
      await other.start('development', { KAFKA_BROKERS: '127.0.0.1:1' });
      const received = client(other.url).subscribe(ORDERS);
      await eventually('it is refused', () => received.done);
      expect(received.codes).toEqual(['EVENTS_UNAVAILABLE']);
      expect((await other.gql('{ usersCount }')).data).toEqual({ usersCount: 0 });
    } finally {
      await other.stop();
    }
  });
});
