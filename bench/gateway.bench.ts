import { readFileSync } from 'node:fs';
import { load } from './http-load.js';
import { median, residentMegabytes, type Measurement } from './measure.js';
import { Servers } from './servers.js';

const QUERY = `query Flat($page: Int!, $limit: Int!) { users(page: $page, limit: $limit) { id name email createdAt } }
query Nested($userId: ID!, $limit: Int!) {
  userOrders(userId: $userId, limit: $limit) { id items { quantity product { name price } } user { name } }
}`;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
const TICKS_PER_SECOND = 100;

interface Sample {
  perSecond: number;
  /** Of the server, per request, in microseconds. */
  cpu: number;
}

/**
 * The gateway with limits and logs on, in production mode, against a bare route that makes the same calls; both in
 * front of the same services, under 50 connections. Between gateway and route, CPU is the steady figure.
 */
export default async function gateway(): Promise<Measurement[]> {
  const servers = await Servers.start();
  try {
    const userId = await stock(servers);
    const bodies = {
      Flat: JSON.stringify({ query: QUERY, operationName: 'Flat', variables: { page: 1, limit: 10 } }),
      Nested: JSON.stringify({ query: QUERY, operationName: 'Nested', variables: { userId, limit: 10 } }),
    };
    const targets = { gateway: servers.gateway, route: servers.route };
    const runs = Object.entries(targets).flatMap(([target, server]) =>
      Object.entries(bodies).map(([query, body]) => ({ name: `${query}, ${target}`, server, body })),
    );
    for (const run of runs) await sample(run, 3_000);
    const samples = new Map(runs.map(({ name }) => [name, [] as Sample[]]));
    for (let round = 0; round < ROUNDS; round++)
      for (const run of [...runs].sort(() => Math.random() - 0.5))
        samples.get(run.name)!.push(await sample(run, 3_000));
    return report(samples, servers);
  } finally {
    await servers.stop();
  }
}

function report(samples: Map<string, Sample[]>, { gateway }: Servers): Measurement[] {
  const figure = (name: string, key: keyof Sample) => median(samples.get(name)!.map((one) => one[key]));
  const each = ['Flat', 'Nested'].flatMap((query) => {
    const [ours, bare] = [`${query}, gateway`, `${query}, route`];
    return [
      { what: `${ours}: requests/s`, value: figure(ours, 'perSecond') },
      { what: `${bare}: requests/s`, value: figure(bare, 'perSecond') },
      { what: `${ours}: CPU µs/request`, value: figure(ours, 'cpu') },
      { what: `${bare}: CPU µs/request`, value: figure(bare, 'cpu') },
      { what: `${query}: CPU, gateway ÷ route`, value: figure(ours, 'cpu') / figure(bare, 'cpu') },
    ];
  });
  return [...each, { what: 'gateway afterwards, resident MB', value: residentMegabytes(gateway.pid) }];
}

async function sample(
  { server, body }: { server: { pid: number; port: number }; body: string },
  milliseconds: number,
): Promise<Sample> {
  const before = cpuMilliseconds(server.pid);
  const start = performance.now();
  const count = await load({ port: server.port, body, connections: 50, milliseconds });
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: count / seconds, cpu: ((cpuMilliseconds(server.pid) - before) * 1000) / count };
}

/** User and system time of a process so far (proc(5)). */
function cpuMilliseconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS_PER_SECOND;
}

/** Twenty users and ten products; the user that is answered has ten orders of three items. */
async function stock(servers: Servers): Promise<string> {
  const users: string[] = [];
  for (let n = 0; n < 20; n++) {
    const create = `mutation { createUser(name: "User ${n}", email: "u${n}@example.com", password: "password") { id } }`;
    users.push((await servers.ask<{ createUser: { id: string } }>(create)).createUser.id);
  }
  const products: string[] = [];
  for (let n = 0; n < 10; n++) {
    const create = `mutation { createProduct(name: "Product ${n}", price: 9.99, stock: 1000, category: "c") { id } }`;
    products.push((await servers.ask<{ createProduct: { id: string } }>(create)).createProduct.id);
  }
  for (let n = 0; n < 10; n++) {
    const items = [0, 1, 2].map((k) => `{ productId: "${products[(n + k) % 10]}", quantity: 1 }`);
    await servers.ask(`mutation { createOrder(userId: "${users[0]}", items: [${items.join(' ')}]) { id } }`);
  }
  return users[0]!;
}
