import type { ISocketFactory } from 'kafkajs';

/**
 * Opens connections as kafkajs 2.2.4 does, except that requests are sent at once: with Nagle's algorithm, a request that follows
 * another waits until the broker has acknowledged the first, which its kernel delays by up to 40 ms.
 */
export async function loadSocketFactory(): Promise<ISocketFactory> {
  const open = await importSocketFactory();
  return (options) => open(options).setNoDelay(true);
}

/** The factory that kafkajs uses by itself. */
export async function importSocketFactory(): Promise<ISocketFactory> {
  // @ts-expect-error -- kafkajs has no types for its internals
  const { default: create } = await import('kafkajs/src/network/socketFactory.js');
  return (create as () => ISocketFactory)();
}
