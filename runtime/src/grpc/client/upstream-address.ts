import { isIP } from 'node:net';
import { ADDRESS_LIST } from './address-list.resolver.js';

/** The gRPC target for `host:port`, or for several, separated by commas. */
export function targetOf(address: string): string {
  const all = split(address);
  return all.length === 1 ? `dns:///${all[0]}` : `${ADDRESS_LIST}:${all.join(',')}`;
}

/**
 * The names of which a server's certificate must contain one: its hosts, or the service's own name where the address is
 * an IP address, which does not identify the server.
 */
export function namesOf(address: string, service: string): string[] {
  const hosts = split(address).map((each) => each.slice(0, each.lastIndexOf(':')));
  const names = hosts.map((host) => (isIP(host.replace(/^\[|\]$/g, '')) ? service : host));
  return [...new Set(names)];
}

const split = (address: string): string[] => address.split(',').map((each) => each.trim());
