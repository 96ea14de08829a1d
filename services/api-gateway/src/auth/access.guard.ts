import { accessOf, authorize, currentPrincipal, requireSelf, ServiceContext } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { ownerOf } from './owner.js';

/**
 * Lets in to each query and mutation those that its decorators name. The services decide the same once more, by the same
 * token; what is refused here has cost no call.
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
