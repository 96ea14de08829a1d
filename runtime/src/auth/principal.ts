import { DomainError } from '../errors/domain-error.js';
import { currentRequest } from '../requests/request-context.js';
import type { Principal } from '../requests/identity.js';

/** The role that may act for everyone. */
export const ADMIN = 'admin';

/** The principal of the current request; undefined for requests without a token, and outside requests. */
export function currentPrincipal(): Principal | undefined {
  return currentRequest()?.identity?.principal;
}

/** Whether this user's data may be read and changed. A call that was accepted without a token may do everything. */
export function mayActFor(userId: string, principal = currentPrincipal()): boolean {
  return !principal || principal.id === userId || principal.roles.includes(ADMIN);
}

/** @throws DomainError FORBIDDEN unless the principal is this user or an admin */
export function requireSelf(userId: string): void {
  if (!mayActFor(userId)) throw forbidden();
}

function forbidden(): DomainError {
  return new DomainError('FORBIDDEN', 'you may not read or change this', { kind: 'forbidden' });
}
