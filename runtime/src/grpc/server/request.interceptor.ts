import { Metadata, status } from '@grpc/grpc-js';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { defer, mergeAll, Observable, tap } from 'rxjs';
import { accessOf, authorize } from '../../auth/access.js';
import { DomainError } from '../../errors/domain-error.js';
import { statusOfKind } from '../../errors/kind.js';
import { runInContext } from '../../requests/request-context.js';
import type { RequestContext } from '../../requests/request-context.js';
import type { Histogram } from '../../metrics/histogram.js';
import type { ServiceContext } from '../../context/service-context.js';
import { authorizationOf, contextFromMetadata } from '../wire/request-metadata.js';
import { MalformedRequest } from './malformed-request.js';

/**
 * Runs each call in its request context, authorizes the caller, and logs one line for each call: method, status,
 * milliseconds.
 */
export class RequestInterceptor implements NestInterceptor {
  private readonly handled: Histogram;

  constructor(private readonly service: Pick<ServiceContext, 'config' | 'logger' | 'metrics' | 'tokens'>) {
    this.handled = service.metrics.histogram({
      name: 'grpc_server_handling_seconds',
      help: 'Duration of handled calls.',
      labels: ['grpc_method', 'grpc_code'],
    });
  }

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const rpc = execution.switchToRpc();
    const sent = rpc.getContext<Metadata | undefined>();
    const request = rpc.getData<unknown>();
    const metadata = sent instanceof Metadata ? sent : new Metadata();
    const context = contextFromMetadata(metadata);
    const method = `${execution.getClass().name}.${execution.getHandler().name}`;
    const handled = defer(async () => {
      const identity = await this.service.tokens.identify(authorizationOf(metadata));
      authorize(identity?.principal, accessOf(execution), this.service.config.auth.required);
      if (request instanceof MalformedRequest) throw request;
      return within({ ...context, identity }, () => next.handle());
    }).pipe(mergeAll());
    return within(context, () => this.logged(method, handled));
  }

  /** Of a request that no handler has seen, the line tells the reason, too. */
  private logged(method: string, handled: Observable<unknown>): Observable<unknown> {
    const began = performance.now();
    const log = (code: status, reason: { reason?: string } = {}): void => {
      const elapsed = performance.now() - began;
      this.handled.observe([method, status[code]], elapsed / 1000);
      const ms = Math.round(elapsed * 10) / 10;
      this.service.logger.served('call', { method, status: status[code], ms, ...reason }, 'Grpc');
    };
    return handled.pipe(
      tap({
        complete: () => log(status.OK),
        error: (error) =>
          log(
            error instanceof DomainError ? statusOfKind(error.kind) : status.INTERNAL,
            error instanceof MalformedRequest ? { reason: error.message } : {},
          ),
      }),
    );
  }
}

/** Nest runs a handler in the context of its creation, not in that of the subscription. */
function within(context: RequestContext, work: () => Observable<unknown>): Observable<unknown> {
  return new Observable((subscriber) => runInContext(context, () => work().subscribe(subscriber)));
}
