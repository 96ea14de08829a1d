import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { isFree, ShopCopy } from './shop-copy.fixture.js';
import { ShopClient, until } from './shop-client.fixture.js';
import { TopicRecorder } from './topic-recorder.fixture.js';

const topics = [
  'user.created',
  'user.updated',
  'product.created',
  'product.updated',
  'product.stock.updated',
  'order.created',
  'order.status.changed',
  'order.stock.decided',
];

describe('the order flow, through real processes', () => {
  let shop: ShopCopy;
  let client: ShopClient;
  let recorder: TopicRecorder;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    await shop.json('dev', 'start');
    client = new ShopClient(shop.graphql);
    recorder = await TopicRecorder.open(shop.kafka, topics);
  });
  afterAll(async () => {
    await recorder?.close();
    await shop?.destroy();
  });

  it('confirms an order, takes the stock and tells every topic', async () => {
    const userId = await client.createUser('john@example.com');
    const productId = await client.createProduct(50);
    await client.data(`mutation { updateUser(id: "${userId}", name: "John Q. Doe") { id } }`);
    await client.data(`mutation { updateProduct(id: "${productId}", description: "Faster") { id } }`);

    const created = await client.data<{ createOrder: { id: string; status: string; totalAmount: number } }>(
      `mutation { createOrder(userId: "${userId}", items: [{ productId: "${productId}", quantity: 2, price: 29.99 }], totalAmount: 59.98) { id status totalAmount createdAt } }`,
    );
    expect(created.createOrder).toMatchObject({ status: 'PENDING', totalAmount: 59.98 });

    const { id } = created.createOrder;
    await client.confirmed(id);
    expect(await client.stockOf(productId)).toBe(48);

    await until(
      async () => topics.filter((topic) => recorder.of(topic).length === 0),
      (missing) => missing.length === 0,
    );
    expect(recorder.of('order.created')[0]).toMatchObject({ key: id, type: 'order.created' });
    expect(recorder.of('order.stock.decided')[0]).toMatchObject({
      key: id,
      value: { orderId: id, accepted: true },
    });
    expect(recorder.of('product.stock.updated')[0]).toMatchObject({
      key: productId,
      value: { stock: 48, change: -2 },
    });
    expect(JSON.stringify(recorder.of('user.created'))).not.toContain('password');
  });

  it('tells Prometheus of its events', async () => {
    const port = Number(shop.grpc('product-service').split(':')[1]) + 1000;
    const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(metrics).toMatch(/^events_consumed_total\{topic="order.created",outcome="handled",[^}]+\} [1-9]/m);
    expect(metrics).toMatch(/^outbox_messages\{[^}]+\} \d+$/m);
  });

  it('gives the stock back when an order is cancelled', async () => {
    const userId = await client.createUser('cancels@example.com');
    const productId = await client.createProduct(5);
    const { data } = await client.order(userId, productId, { quantity: 3 });
    const { id } = data!.createOrder!;
    await client.confirmed(id);
    await client.data(`mutation { cancelOrder(id: "${id}", reason: "changed my mind") { id status } }`);
    await until(
      () => client.stockOf(productId),
      (stock) => stock === 5,
    );
    expect(await client.statusOf(id)).toBe('CANCELLED');
  });

  it('makes one order of a retried one', async () => {
    const userId = await client.createUser('retries@example.com');
    const productId = await client.createProduct(1);
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => client.order(userId, productId, { key: 'the same' })),
    );
    expect(new Set(answers.map(({ data }) => data!.createOrder!.id)).size).toBe(1);
    await until(
      () => client.stockOf(productId),
      (stock) => stock === 0,
    );
  });

  it('sells ten pieces to fifty concurrent buyers exactly ten times', async () => {
    const productId = await client.createProduct(10);
    const buyers: string[] = [];
    for (let n = 0; n < 50; n++) buyers.push(await client.createUser(`buyer-${n}@example.com`));
    const answers = await Promise.all(buyers.map((userId) => client.order(userId, productId)));
    const accepted = answers.flatMap(({ data }) => (data?.createOrder ? [data.createOrder.id] : []));
    for (const { errors } of answers) if (errors) expect(errors[0]!.extensions.code).toBe('OUT_OF_STOCK');

    const statuses = await until(
      () => Promise.all(accepted.map((id) => client.statusOf(id))),
      (all) => !all.includes('PENDING'),
    );
    expect(statuses.filter((status) => status === 'CONFIRMED')).toHaveLength(10);
    expect(await client.stockOf(productId)).toBe(0);
  });

  it('reads orders with their users and products', async () => {
    const userId = await client.createUser('reads@example.com');
    const productId = await client.createProduct(5);
    await client.order(userId, productId);
    const { userOrders } = await client.data<{ userOrders: unknown[] }>(
      `{ userOrders(userId: "${userId}", page: 1, limit: 10) { totalAmount status user { email } items { productId quantity price product { name } } } }`,
    );
    expect(userOrders).toEqual([
      expect.objectContaining({
        totalAmount: 29.99,
        user: { email: 'reads@example.com' },
        items: [{ productId, quantity: 1, price: 29.99, product: { name: 'Laptop' } }],
      }),
    ]);
  });

  it.each([
    [
      'an invalid e-mail',
      'createUser(name: "A", email: "nobody", password: "password123") { id }',
      'VALIDATION_FAILED',
    ],
    [
      'an empty name',
      'createUser(name: "", email: "a@example.com", password: "password123") { id }',
      'VALIDATION_FAILED',
    ],
    [
      'a duplicate e-mail',
      'createUser(name: "A", email: "JOHN@example.com", password: "password123") { id }',
      'EMAIL_TAKEN',
    ],
    [
      'a negative price',
      'createProduct(name: "A", description: "", price: -1, stock: 1, category: "x") { id }',
      'VALIDATION_FAILED',
    ],
    [
      'a negative stock',
      'createProduct(name: "A", description: "", price: 1, stock: -1, category: "x") { id }',
      'VALIDATION_FAILED',
    ],
    [
      'quantity 0',
      'createOrder(userId: "USER", items: [{ productId: "PRODUCT", quantity: 0 }]) { id }',
      'VALIDATION_FAILED',
    ],
    [
      'a huge quantity',
      'createOrder(userId: "USER", items: [{ productId: "PRODUCT", quantity: 2000000000 }]) { id }',
      'VALIDATION_FAILED',
    ],
    [
      'an unknown user',
      'createOrder(userId: "nobody", items: [{ productId: "PRODUCT", quantity: 1 }]) { id }',
      'USER_NOT_FOUND',
    ],
    [
      'an unknown product',
      'createOrder(userId: "USER", items: [{ productId: "nothing", quantity: 1 }]) { id }',
      'PRODUCT_NOT_FOUND',
    ],
    [
      'too little stock',
      'createOrder(userId: "USER", items: [{ productId: "PRODUCT", quantity: 4 }]) { id }',
      'OUT_OF_STOCK',
    ],
    [
      'a changed price',
      'createOrder(userId: "USER", items: [{ productId: "PRODUCT", quantity: 1, price: 9.99 }]) { id }',
      'PRICE_CHANGED',
    ],
    [
      'a changed total',
      'createOrder(userId: "USER", items: [{ productId: "PRODUCT", quantity: 1 }], totalAmount: 1) { id }',
      'PRICE_CHANGED',
    ],
  ])('refuses %s and says so', async (_, mutation, code) => {
    const [USER, PRODUCT] = await buyerAndProduct();
    const { errors } = await client.ask(
      `mutation { ${mutation.replace('USER', USER).replace('PRODUCT', PRODUCT)} }`,
    );
    expect(errors?.[0]?.extensions).toMatchObject({ code, requestId: expect.any(String) });
  });

  it.each(['users(page: 0, limit: 10) { id }', 'users(page: 1, limit: 10000) { id }'])(
    'refuses %s',
    async (query) => {
      const { errors } = await client.ask(`{ ${query} }`);
      expect(errors?.[0]?.extensions.code).toBe('VALIDATION_FAILED');
      expect(errors?.[0]?.extensions.validation).not.toHaveLength(0);
    },
  );

  it('leaves no process and no port after `dev stop`', async () => {
    await recorder.close();
    const stopped = await shop.msx('dev', 'stop');
    expect(stopped.code).toBe(0);
    expect(await Promise.all(shop.ports.map(isFree))).toEqual(shop.ports.map(() => true));
    expect((await shop.msx('dev', 'stop')).code).toBe(0);
  });

  let known: Promise<[string, string]> | undefined;
  function buyerAndProduct() {
    return (known ??= Promise.all([client.createUser('careful@example.com'), client.createProduct(3)]));
  }
});
