import { backgroundBrokers } from './background-brokers.js';
import type { BackgroundBroker } from './background-brokers.js';

const LOCAL = /^(?:localhost|127\.[\d.]+|\[::1\]):(\d+)$/;

/** The port of an address on this machine. */
export function localPort(address: string): number | undefined {
  const port = LOCAL.exec(address)?.[1];
  return port === undefined ? undefined : Number(port);
}

/** The broker in the background with this address, which may name this machine differently. */
export const brokerAt = (address: string): BackgroundBroker | undefined =>
  backgroundBrokers().find((broker) => isSame(broker.address, address));

/** The addresses of the brokers in the background, except for this one. */
export const addressesExcept = (address: string | undefined): string[] =>
  backgroundBrokers()
    .map((broker) => broker.address)
    .filter((other) => address === undefined || !isSame(other, address));

const isSame = (a: string, b: string): boolean =>
  a === b || (localPort(a) !== undefined && localPort(a) === localPort(b));
