import { SetMetadata } from '@nestjs/common';
import type { CustomDecorator, ExecutionContext } from '@nestjs/common';
import { DomainError } from '../errors/domain-error.js';
import type { Principal } from '../requests/identity.js';

/** Who may call a handler (default: any authenticated principal). */
export interface Access {
  readonly public?: boolean;
  /** The principal needs at least one of these. */
  readonly roles?: readonly string[];
}

const ACCESS = 'access';

/** Allows calls without a token: to a method, or to all methods of a controller or resolver. */
export const Public = (): CustomDecorator => SetMetadata<string, Access>(ACCESS, { public: true });

/** Allows only principals with at least one of these roles. */
export const Roles = (...roles: string[]): CustomDecorator => SetMetadata<string, Access>(ACCESS, { roles });

/** The access that the decorators declare for a handler; a method's decorator overrides its class's. */
export function accessOf(execution: Pick<ExecutionContext, 'getHandler' | 'getClass'>): Access {
  const declared = [execution.getHandler(), execution.getClass()].map(
    (target) => Reflect.getMetadata(ACCESS, target) as Access | undefined,
  );
  return declared.find((access) => access !== undefined) ?? {};
}

/**
 * The only place that decides who may call what.
 * @param required whether calls without a token are refused
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
