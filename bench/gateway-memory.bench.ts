import { stockQueries } from './gateway-queries.js';
import { load } from './http-load.js';
import { residentMegabytes, type Measurement } from './measure.js';
import { Servers } from './servers.js';

/** Enough for everything to be compiled and for every cache to be full. */
const WARM_UP = 40_000;
const REQUESTS = 200_000;

/** Whether the gateway leaks memory with each request. */
export default async function gatewayMemory(): Promise<Measurement[]> {
  const servers = await Servers.start();
  try {
    const { nested } = await stockQueries(servers);
    const body = JSON.stringify(nested);
    const { pid, port } = servers.gateway;
    const answer = async (requests: number) => {
      await load({ port, body, token: servers.token, requests });
      return residentMegabytes(pid);
    };
    const before = await answer(WARM_UP);
    const after = await answer(REQUESTS);
    return [
      { what: `gateway after ${WARM_UP} requests, resident MB`, value: before },
      { what: `after ${REQUESTS} more, resident MB`, value: after },
      { what: 'after ÷ before', value: after / before, bound: 1.15 },
    ];
  } finally {
    await servers.stop();
  }
}
