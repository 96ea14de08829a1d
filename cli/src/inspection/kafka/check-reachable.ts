import { createConnection } from 'node:net';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { parseAddress } from '../../model/system/address.js';

/** Checks that one of the brokers listens: kafkajs would retry for seconds. Throws KAFKA_UNREACHABLE. */
export async function checkReachable(address: string, timeoutMs: number): Promise<void> {
  let failure: Error | undefined;
  for (const broker of address.split(',')) {
    const parsed = parseAddress(broker);
    // kafkajs reports an address that is not valid.
    if (typeof parsed === 'string') return;
    failure = await connectionFailure(parsed, timeoutMs);
    if (!failure) return;
  }
  throw new MsxError('KAFKA_UNREACHABLE', { address, reason: failure!.message }, { cause: failure });
}

function connectionFailure(
  { host, port }: { host: string; port: number },
  timeout: number,
): Promise<Error | undefined> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port, timeout });
    const end = (failure?: Error) => {
      socket.destroy();
      resolve(failure);
    };
    socket.once('connect', () => end());
    socket.once('timeout', () => end(new Error('it does not answer')));
    socket.once('error', end);
  });
}
