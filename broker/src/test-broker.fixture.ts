import { afterEach } from '@jest/globals';
import { WireClient } from './server/wire-client.fixture.js';
import type { BrokerOptions } from './broker-options.js';
import { startBroker, type RunningBroker } from './start-broker.js';
import { directories } from './test-directory.fixture.js';

/** Brokers and clients for a test, closed after it. */
export const brokers = () => {
  const directory = directories();
  const running: RunningBroker[] = [];
  const clients: WireClient[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) client.close();
    for (const broker of running.splice(0)) await broker.close();
  });
  const start = async (options: Partial<BrokerOptions> = {}): Promise<RunningBroker> => {
    running.push(await startBroker({ data: directory(), ...options }));
    return running.at(-1)!;
  };
  const connect = async ({ port }: { port: number }): Promise<WireClient> => {
    clients.push(await WireClient.to(port));
    return clients.at(-1)!;
  };
  return { start, connect, directory };
};
