import { Agent, request } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { TestSubscriber } from '@msx/gateway/testing';
import type { Servers } from './servers.js';

const CREATE_ORDER = `mutation Order($userId: ID!, $productId: ID!) {
  createOrder(userId: $userId, items: [{ productId: $productId, quantity: 1 }]) { id }
}`;
const CHANGES = 'subscription { orderStatusChanged { orderId status } }';
const PRODUCTS = 10;
const CONNECTIONS = 16;
const STOCK = 1_000_000;

/** How long one order took, in milliseconds from when it was sent. */
export interface Timing {
  readonly answered: number;
  readonly confirmed: number;
}

/** A user who places orders at a gateway, and a subscriber who sees them confirmed. */
export class OrderLoad {
  private readonly agent = new Agent({ keepAlive: true });
  /** When each order was seen confirmed, until somebody asks. */
  private readonly seen = new Map<string, number>();
  private readonly waiting = new Map<string, () => void>();
  private count = 0;

  private constructor(
    private readonly servers: Servers,
    private readonly subscriber: TestSubscriber,
    private readonly bodies: readonly string[],
  ) {}

  static async start(servers: Servers): Promise<OrderLoad> {
    const userId = await created(
      servers,
      'createUser(name: "Ann", email: "ann@example.com", password: "password")',
    );
    const bodies: string[] = [];
    for (let n = 0; n < PRODUCTS; n++) {
      const fields = `name: "Mouse ${n}", price: 9.99, stock: ${STOCK}, category: "c"`;
      const productId = await created(servers, `createProduct(${fields})`);
      bodies.push(JSON.stringify({ query: CREATE_ORDER, variables: { userId, productId } }));
    }
    const url = `http://127.0.0.1:${servers.gateway.port}/graphql`;
    const subscriber = new TestSubscriber(url, `Bearer ${servers.token}`);
    const load = new OrderLoad(servers, subscriber, bodies);
    await load.watch();
    return load;
  }

  /** Sends orders at a constant rate, whether or not earlier ones are answered. */
  async atRate(perSecond: number, seconds: number): Promise<Timing[]> {
    const timings: Promise<Timing>[] = [];
    const start = performance.now();
    for (let n = 0; n < perSecond * seconds; n++) {
      await pause(Math.max(0, start + (n * 1000) / perSecond - performance.now()));
      timings.push(this.order());
    }
    return Promise.all(timings);
  }

  /** Sends a number of orders, and returns once all are confirmed. */
  async warmUp(orders: number): Promise<void> {
    const end = this.count + orders;
    await this.keepSending(() => this.count < end);
  }

  /** Keeps CONNECTIONS orders unanswered for some seconds, and returns once all orders are confirmed. */
  saturate(seconds: number): Promise<Timing[]> {
    const end = performance.now() + seconds * 1000;
    return this.keepSending(() => performance.now() < end);
  }

  private async keepSending(isMore: () => boolean): Promise<Timing[]> {
    const timings: Promise<Timing>[] = [];
    const one = async (): Promise<void> => {
      while (isMore()) {
        const sent = performance.now();
        const { id, answered } = await this.send(sent);
        timings.push(this.confirmed(id).then((at) => ({ answered, confirmed: at - sent })));
      }
    };
    await Promise.all(Array.from({ length: CONNECTIONS }, one));
    return Promise.all(timings);
  }

  async stop(): Promise<void> {
    this.agent.destroy();
    await this.subscriber.stop();
  }

  private async order(): Promise<Timing> {
    const sent = performance.now();
    const { id, answered } = await this.send(sent);
    return { answered, confirmed: (await this.confirmed(id)) - sent };
  }

  private async send(sent: number): Promise<{ id: string; answered: number }> {
    const text = await this.post(this.bodies[this.count++ % this.bodies.length]!);
    const answered = performance.now() - sent;
    const { data } = JSON.parse(text) as { data?: { createOrder?: { id: string } } };
    if (!data?.createOrder) throw new Error(text);
    return { id: data.createOrder.id, answered };
  }

  private post(body: string): Promise<string> {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      authorization: `Bearer ${this.servers.token}`,
    };
    const options = {
      port: this.servers.gateway.port,
      path: '/graphql',
      method: 'POST',
      agent: this.agent,
      headers,
    };
    return new Promise((resolve, reject) => {
      request({ ...options, host: '127.0.0.1' }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve(text));
      })
        .on('error', reject)
        .end(body);
    });
  }

  /** When the subscriber saw the order confirmed. */
  private async confirmed(id: string): Promise<number> {
    if (!this.seen.has(id)) await new Promise<void>((seen) => this.waiting.set(id, seen));
    const at = this.seen.get(id)!;
    this.seen.delete(id);
    return at;
  }

  /** Resolves when an order is seen: from then on none is missed. */
  private async watch(): Promise<void> {
    this.subscriber.client.subscribe<{ orderStatusChanged: { orderId: string; status: string } }>(
      { query: CHANGES },
      {
        next: ({ data }) => {
          const { orderId, status } = data!.orderStatusChanged;
          if (status !== 'CONFIRMED') return;
          this.seen.set(orderId, performance.now());
          this.waiting.get(orderId)?.();
          this.waiting.delete(orderId);
        },
        error: (error) => {
          throw new Error(`the subscription ended: ${JSON.stringify(error)}`);
        },
        complete: () => undefined,
      },
    );
    while (this.seen.size === 0) {
      await this.send(performance.now());
      await pause(500);
    }
  }
}

async function created(servers: Servers, mutation: string): Promise<string> {
  const { made } = await servers.ask<{ made: { id: string } }>({
    query: `mutation { made: ${mutation} { id } }`,
  });
  return made.id;
}
