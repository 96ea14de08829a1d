import { Metadata, status } from '@grpc/grpc-js';
import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { Observable, tap } from 'rxjs';
import { DomainError } from '../errors/domain-error.js';
import { statusOfKind } from '../errors/kind.js';
import type { Logger } from '../logs/logger.js';
import { runInContext } from '../logs/request-context.js';
import { contextFromMetadata } from './request-metadata.js';

/** Puts each call into its request context, and logs one line about it: method, status, milliseconds. */
export class RequestInterceptor implements NestInterceptor {
  constructor(private readonly logger: Logger) {}

  intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    const metadata = execution.switchToRpc().getContext<Metadata | undefined>();
    const context = contextFromMetadata(metadata instanceof Metadata ? metadata : new Metadata());
    const method = `${execution.getClass().name}.${execution.getHandler().name}`;
    return new Observable((subscriber) =>
      runInContext(context, () => this.logged(method, next).subscribe(subscriber)),
    );
  }

  private logged(method: string, next: CallHandler): Observable<unknown> {
    const began = performance.now();
    const log = (code: status): void => {
      const ms = Math.round((performance.now() - began) * 10) / 10;
      this.logger.log('call', { method, status: status[code], ms }, 'Grpc');
    };
    return next.handle().pipe(
      tap({
        complete: () => log(status.OK),
        error: (error) => log(error instanceof DomainError ? statusOfKind(error.kind) : status.INTERNAL),
      }),
    );
  }
}
