import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { credentials, makeClientConstructor } from '@grpc/grpc-js';
import { OrderServiceService } from '../services/order-service/src/gen/order.js';
import { compare, cpuMilliseconds, type Measurement } from './measure.js';
import { Servers } from './servers.js';

const ROUNDS = 7;
const WARM_UP = 3_000;
const WRITES = 1_000;
const CONCURRENT = 8;
/** The relay has published and deleted the last event by then. */
const SETTLE_MS = 500;

const PRICE = { minorUnits: 999, currencyCode: 'USD' };
const REQUEST = {
  userId: 'ann',
  items: [{ productId: 'mouse', quantity: 1, price: PRICE }],
  idempotencyKey: '',
};

/** The CPU of the order service per CreateOrder, with the outbox and its relay, against the same without them. */
export default async function outbox(): Promise<Measurement[]> {
  const without = await Servers.alone('order-service', [
    '--import',
    join(import.meta.dirname, 'without-outbox.mjs'),
  ]);
  const with_ = await Servers.alone('order-service');
  try {
    await write(without, WARM_UP);
    await write(with_, WARM_UP);
    const cpu = await compare(
      { without: () => write(without, WRITES), with: () => write(with_, WRITES) },
      ROUNDS,
    );
    return [
      { what: 'CreateOrder without the outbox, CPU µs', value: cpu.without },
      { what: 'CreateOrder with the outbox and its relay, CPU µs', value: cpu.with },
      {
        what: 'the outbox, % of the CPU of a write',
        value: (1 - cpu.without / cpu.with) * 100,
        bound: 55,
        target: 15,
      },
    ];
  } finally {
    await without.stop();
    await with_.stop();
  }
}

/** The CPU of the service in microseconds per write. */
async function write({ processes }: Servers, count: number): Promise<number> {
  const { pid, port } = processes.get('order-service')!;
  const Client = makeClientConstructor(OrderServiceService, 'OrderService');
  const client = new Client(`127.0.0.1:${port}`, credentials.createInsecure());
  const create = promisify(
    (request: object, done: (error: unknown) => void) => void client.createOrder!(request, done),
  );
  const before = cpuMilliseconds(pid);
  let left = count;
  const writeAll = async (): Promise<void> => {
    while (left-- > 0) await create(REQUEST);
  };
  await Promise.all(Array.from({ length: CONCURRENT }, writeAll));
  await pause(SETTLE_MS);
  client.close();
  return ((cpuMilliseconds(pid) - before) * 1000) / count;
}
