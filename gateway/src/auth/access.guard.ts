import { accessOf, authorize, currentPrincipal, requireSelf, ServiceContext } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ownerOf } from './owner.js';

/**
 * Enforces the access decorators of queries and mutations. The services check the same token again; a request that is refused
 * here has not cost a call.
 */
@Injectable()
export class AccessGuard implements CanActivate {
  constructor(private readonly context: ServiceContext) {}

  canActivate(execution: ExecutionContext): boolean {
    if (execution.getType<string>() !== 'graphql') return true;
    authorize(currentPrincipal(), accessOf(execution), this.context.config.auth.required);
    const owner = ownerOf(execution);
    if (owner !== undefined) requireSelf(owner);
    return true;
  }
}
