import { isIP } from 'node:net';
import { ADDRESS_LIST } from './address-list.resolver.js';

/** What gRPC dials for `host:port`, or for several of them with commas between. */
export function targetOf(address: string): string {
  const all = split(address);
  return all.length === 1 ? `dns:///${all[0]}` : `${ADDRESS_LIST}:${all.join(',')}`;
}

/**
 * The names of which a server's certificate has to have one: its hosts, and the service's own where it is found by IP
 * address, which does not say who answers there.
 */
export function namesOf(address: string, service: string): string[] {
  const hosts = split(address).map((each) => each.slice(0, each.lastIndexOf(':')));
  const names = hosts.map((host) => (isIP(host.replace(/^\[|\]$/g, '')) ? service : host));
  return [...new Set(names)];
}

const split = (address: string): string[] => address.split(',').map((each) => each.trim());
