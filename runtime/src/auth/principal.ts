import { DomainError } from '../errors/domain-error.js';
import { currentRequest } from '../logs/request-context.js';

/** Whoever a request is made for. */
export interface Principal {
  /** The id of the user. */
  readonly id: string;
  readonly roles: readonly string[];
}

/** A principal, and the access token that proves it to every other service as well. */
export interface Identity {
  readonly principal: Principal;
  readonly token: string;
  readonly expiresAt: Date;
}

/** The role that may act for everyone. */
export const ADMIN = 'admin';

/** Whom the running code works for; undefined where no token was given, and outside of requests. */
export function currentPrincipal(): Principal | undefined {
  return currentRequest()?.identity?.principal;
}

/** Whether what belongs to this user may be seen and changed. A call that was let in without a token may do everything. */
export function mayActFor(userId: string, principal = currentPrincipal()): boolean {
  return !principal || principal.id === userId || principal.roles.includes(ADMIN);
}

/** @throws DomainError FORBIDDEN unless the principal is this user or an admin */
export function requireSelf(userId: string): void {
  if (!mayActFor(userId)) throw forbidden();
}

export function forbidden(): DomainError {
  return new DomainError('FORBIDDEN', 'this is not yours to see or change', { kind: 'forbidden' });
}
