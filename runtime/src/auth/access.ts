import { SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from './principal.js';

/** Who may call a handler; a principal, whoever it is, unless said otherwise. */
export interface Access {
  readonly public?: boolean;
  /** One of these is enough. */
  readonly roles?: readonly string[];
}

const ACCESS = 'access';

/** Lets in calls without a token: to a method, or to all methods of a controller or resolver. */
export const Public = (): CustomDecorator => SetMetadata<string, Access>(ACCESS, { public: true });

/** Lets in principals with one of these roles only. */
export const Roles = (...roles: string[]): CustomDecorator => SetMetadata<string, Access>(ACCESS, { roles });

/** What the decorators say of a handler; a method's own word goes before its class's. */
export function accessOf(execution: Pick<ExecutionContext, 'getHandler' | 'getClass'>): Access {
  const declared = [execution.getHandler(), execution.getClass()].map(
    (target) => Reflect.getMetadata(ACCESS, target) as Access | undefined,
  );
  return declared.find((access) => access !== undefined) ?? {};
}

/**
 * The one decision about who may call what.
 * @param required whether a call without a token is refused at all
 * @throws DomainError UNAUTHENTICATED, FORBIDDEN
 */
export function authorize(principal: Principal | undefined, access: Access, required: boolean): void {
  if (access.public) return;
  if (!principal) {
    if (!required) return;
    throw new DomainError('UNAUTHENTICATED', 'sign in first: this needs an access token', {
      kind: 'unauthenticated',
    });
  }
  const { roles } = access;
  if (!roles || roles.some((role) => principal.roles.includes(role))) return;
  throw new DomainError('FORBIDDEN', `this needs the role ${roles.join(' or ')}`, { kind: 'forbidden' });
}
