import { isDeepStrictEqual } from 'node:util';
import { stockQueries } from './gateway-queries.js';
import { load, type Load } from './http-load.js';
import { cpuMilliseconds, median, residentMegabytes, type Measurement } from './measure.js';
import { Servers, type Server, type Target } from './servers.js';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Code gets compiled while it runs: a server that has handled few requests is not representative. */
const WARM_UP = { requests: 4_000 };
const SAMPLE = { requests: 300, milliseconds: 3_000 };

/** Against the starter: the maximum CPU per request, and the minimum and the target of requests per second. */
const REQUIRED = {
  flat: { bound: 0.6, atLeast: 1.5, target: 2 },
  nested: { bound: 0.35, atLeast: 3, target: 4 },
};
type Query = keyof typeof REQUIRED;

interface Sample {
  perSecond: number;
  /** CPU time of the server per request, in microseconds. */
  cpu: number;
}

type Samples = Map<string, Sample[]>;

/**
 * The gateway in production mode, with tokens, limits, logs and metrics, against other gateways for the same services: a starter
 * with the same features, one without, the fastest GraphQL server, and a bare route. All in one run with 50 connections, in a
 * random order each round. CPU is the more stable figure: requests per second also depend on the services and on the load
 * generator, which share the machine.
 */
export default async function gateway(): Promise<Measurement[]> {
  const servers = await Servers.start(['starter', 'bare starter', 'mercurius', 'route']);
  try {
    const queries = await stockQueries(servers);
    const targets = [...servers.targets].flatMap(([target, server]) =>
      Object.entries(queries).map(([query, request]) => ({ name: `${query}, ${target}`, server, request })),
    );
    await checkEqualResponses(servers, Object.values(queries));
    const samples: Samples = new Map(targets.map(({ name }) => [name, []]));
    for (let round = -1; round < ROUNDS; round++)
      for (const { name, server, request } of [...targets].sort(() => Math.random() - 0.5)) {
        const body = JSON.stringify(request);
        const amount = round < 0 ? WARM_UP : SAMPLE;
        const sampled = await sample(server, { ...amount, body, token: servers.token });
        if (round >= 0) samples.get(name)!.push(sampled);
      }
    return [...report(samples, 'flat'), ...report(samples, 'nested'), memoryOf(servers.gateway)];
  } finally {
    await servers.stop();
  }
}

/** A comparison is meaningful only if the responses are equal. */
async function checkEqualResponses(servers: Servers, requests: object[]): Promise<void> {
  for (const request of requests) {
    const expected = await servers.ask(request);
    for (const [target, server] of servers.targets)
      if (!isDeepStrictEqual(await servers.ask(request, server), expected))
        throw new Error(`${target} gives a different response to ${JSON.stringify(request)}`);
  }
}

async function sample({ pid, port }: Server, options: Omit<Load, 'port'>): Promise<Sample> {
  const before = cpuMilliseconds(pid);
  const start = performance.now();
  const count = await load({ ...options, port });
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: count / seconds, cpu: ((cpuMilliseconds(pid) - before) * 1000) / count };
}

function report(samples: Samples, query: Query): Measurement[] {
  const of = (target: Target, key: keyof Sample) =>
    median(samples.get(`${query}, ${target}`)!.map((one) => one[key]));
  const ratio = (key: keyof Sample, to: Target) => of('gateway', key) / of(to, key);
  const { bound, atLeast, target: goal } = REQUIRED[query];
  const targets: Target[] = ['gateway', 'starter', 'bare starter', 'mercurius', 'route'];
  return [
    ...targets.map((target) => ({ what: `${query}, ${target}: CPU µs/request`, value: of(target, 'cpu') })),
    ...targets.map((target) => ({ what: `${query}, ${target}: requests/s`, value: of(target, 'perSecond') })),
    { what: `${query}: CPU, gateway ÷ starter`, value: ratio('cpu', 'starter'), bound },
    {
      what: `${query}: requests/s, gateway ÷ starter`,
      value: ratio('perSecond', 'starter'),
      atLeast,
      target: goal,
    },
    { what: `${query}: CPU, gateway ÷ bare starter`, value: ratio('cpu', 'bare starter') },
    { what: `${query}: requests/s, gateway ÷ bare starter`, value: ratio('perSecond', 'bare starter') },
    { what: `${query}: CPU, gateway ÷ Mercurius`, value: ratio('cpu', 'mercurius'), target: 1 },
    { what: `${query}: requests/s, gateway ÷ route`, value: ratio('perSecond', 'route'), target: 0.6 },
  ];
}

const memoryOf = ({ pid }: Server) => ({
  what: 'gateway afterwards, resident MB',
  value: residentMegabytes(pid),
});
