import { isIP } from 'node:net';
import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '../errors/domain-error.js';

/** The host names that a server answers to; `*` allows all. */
export type AllowedHosts = readonly string[];

/** The default on a local machine: no page of another site has one of these names. */
export const LOCAL_HOSTS: AllowedHosts = ['localhost'];

const HOST = /^(\[[\da-f:.]+\]|[^\s:@/?#\\]+)(?::\d{1,5})?$/i;

/**
 * Accepts requests only for allowed hosts, and only from pages of allowed origins. A page of another site could make
 * its own name resolve to this machine (DNS rebinding) and read all responses; it cannot use an IP address or
 * `localhost` as its name. Programs other than browsers send no origin, and old ones no host.
 * @param origins the origins of other sites whose pages may call; `*` allows all
 * @throws DomainError FORBIDDEN
 */
export function requireTrusted(
  { host, origin }: Pick<IncomingHttpHeaders, 'host' | 'origin'>,
  allowed: AllowedHosts,
  origins: readonly string[] = [],
): void {
  if (allowed.includes('*')) return;
  if (host !== undefined && !isAllowed(nameOf(host), allowed))
    throw forbidden('this host name is not allowed: add it to ALLOWED_HOSTS');
  if (origin === undefined || origins.includes('*') || origins.includes(origin)) return;
  if (!URL.canParse(origin) || !isAllowed(nameOf(new URL(origin).host), allowed))
    throw forbidden('pages of this origin may not call');
}

/** The host name without its port; undefined when it is invalid. */
function nameOf(host: string): string | undefined {
  const [, name] = HOST.exec(host) ?? [];
  return name
    ?.toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

function isAllowed(name: string | undefined, allowed: AllowedHosts): boolean {
  if (name === undefined) return false;
  return isIP(name) !== 0 || name === 'localhost' || name.endsWith('.localhost') || allowed.includes(name);
}

function forbidden(message: string): DomainError {
  return new DomainError('FORBIDDEN', message, { kind: 'forbidden' });
}
