import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'libsql';
import { join } from 'node:path';
import { ShopCopy } from './shop-copy.fixture.js';
import { ShopClient, until } from './shop-client.fixture.js';

const TOPIC = 'order.created';

interface Letters {
  readonly letters: readonly { readonly id: string; readonly eventId: string }[];
}

interface Status {
  readonly processes: readonly {
    readonly name: string;
    readonly state: string;
    readonly notices?: string[];
  }[];
}

/** Why product-service cannot handle an order: the table that it notes reservations in is missing. */
class Cause {
  constructor(private readonly root: string) {}

  begin(): void {
    this.rename('reservations', 'reservations_away');
  }

  end(): void {
    this.rename('reservations_away', 'reservations');
  }

  private rename(from: string, to: string): void {
    const database = new Database(join(this.root, 'services/product-service/products.db'));
    database.exec(`ALTER TABLE ${from} RENAME TO ${to}`);
    database.close();
  }
}

describe('a dead letter, through real processes', () => {
  let shop: ShopCopy;
  let client: ShopClient;
  let cause: Cause;
  let orderId: string;
  let productId: string;

  const open = async () => {
    const { deadLetters } = await shop.json<{ deadLetters: { open: number }[] }>(
      'topics',
      'dlq',
      'list',
      TOPIC,
    );
    return deadLetters[0]?.open ?? 0;
  };
  const shown = (...args: string[]) => shop.json<Letters>('topics', 'dlq', 'show', TOPIC, ...args);
  const metrics = async () => {
    const port = Number(shop.grpc('product-service').split(':')[1]) + 1000;
    return (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  };
  const outcome = async (name: string) =>
    Number(
      new RegExp(`^events_consumed_total\\{topic="${TOPIC}",outcome="${name}",[^}]*\\} (\\d+)`, 'm').exec(
        await metrics(),
      )?.[1] ?? 0,
    );

  beforeAll(async () => {
    shop = await ShopCopy.create();
    await shop.json('dev', 'start');
    client = new ShopClient(shop.graphql);
    cause = new Cause(shop.root);
    const userId = await client.createUser('ann@example.com');
    productId = await client.createProduct(5);
    cause.begin();
    const { data } = await client.order(userId, productId, { quantity: 2 });
    orderId = data!.createOrder!.id;
    await until(open, (count) => count === 1);
  });
  afterAll(() => shop?.destroy());

  it('says what it is and why it died', async () => {
    const { letters } = await shown();
    expect(letters).toEqual([
      expect.objectContaining({
        ...{ service: 'product-service', attempts: 5, deaths: 1, version: '0.1.0', key: orderId },
        ...{ contract: 'shop.order.v1.OrderCreated', handler: 'ReservationConsumer.onOrderCreated' },
        message: expect.stringMatching(/no such table/),
        stack: expect.stringMatching(/^\w*Error: .*no such table[^]*\n +at /),
        traceId: expect.stringMatching(/^[\da-f]{32}$/),
      }),
    ]);
    expect(await client.statusOf(orderId)).toBe('PENDING');
  });

  it('is seen in the status of the system, which works without it, and in the metrics', async () => {
    const status = await until(
      () => shop.json<Status>('dev', 'status'),
      ({ processes }) => processes.some(({ notices }) => notices),
    );
    expect(status.processes.find(({ name }) => name === 'product-service')).toMatchObject({
      state: 'ready',
      notices: [
        expect.stringMatching(/^dead letters: order\.created\.product-service\.dlq: 1, the oldest of 20/),
      ],
    });
    const sentence = /product-service: dead letters: order\.created\.product-service\.dlq: 1/;
    expect((await shop.msx('dev', 'status')).stdout.replace(/\s+/g, ' ')).toMatch(sentence);
    expect((await shop.msx('dev', 'why')).stdout.replace(/\s+/g, ' ')).toMatch(sentence);
    expect(await metrics()).toMatch(
      /^dead_letters\{topic="order\.created\.product-service\.dlq",[^}]*\} 1$/m,
    );
    const { stdout } = await shop.msx('logs', 'product-service', '--level', 'error');
    expect(stdout).toMatch(/Gave up on an event/);
  });

  it('that is replayed too early dies again, and names its first letter', async () => {
    const replay = await shop.msx('topics', 'dlq', 'replay', TOPIC, '--all', '--yes');
    expect(replay.stdout).toMatch(/^replayed dead letters of order\.created: 1, to product-service$/m);
    await until(open, (count) => count === 1);
    const { letters } = await shown();
    expect(letters).toEqual([
      expect.objectContaining({ deaths: 2, firstLetter: `${TOPIC}.product-service.dlq/0/0` }),
    ]);
    expect(await client.statusOf(orderId)).toBe('PENDING');
  });

  it('takes effect once when it is replayed after the cause is gone, however often', async () => {
    cause.end();
    const dry = await shop.msx('topics', 'dlq', 'replay', TOPIC, '--all', '--dry-run');
    expect(dry.stdout).toMatch(/^Dry run: nothing was changed\.$/m);
    expect(await open()).toBe(1);
    const { eventId } = (await shown()).letters[0]!;
    await shop.json('topics', 'dlq', 'replay', TOPIC, '--all', '--yes');
    await client.confirmed(orderId);
    expect(await client.stockOf(productId)).toBe(3);
    expect(await open()).toBe(0);
    await until(metrics, (text) => !/^dead_letters\{/m.test(text));
    const duplicates = await outcome('duplicate');
    await shop.json('topics', 'dlq', 'replay', TOPIC, eventId, '--yes');
    await until(
      () => outcome('duplicate'),
      (count) => count === duplicates + 2,
    );
    expect(await client.stockOf(productId)).toBe(3);
    expect(await client.statusOf(orderId)).toBe('CONFIRMED');
  });
});
