import { Catch } from '@nestjs/common';
import type { ExceptionFilter } from '@nestjs/common';
import { throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { DatabaseOutage } from '../../database/database-outage.js';
import { DomainError } from '../../errors/domain-error.js';
import { toGrpcError } from '../../errors/grpc-error.js';
import type { Logger } from '../../logs/logger.js';

/**
 * Maps all errors of a service to gRPC; any that is not a DomainError is a defect, logged (like an outage of its database) and hidden
 * from callers.
 */
@Catch()
export class GrpcExceptionFilter implements ExceptionFilter {
  constructor(
    private readonly service: string,
    private readonly logger: Logger,
  ) {}

  catch(exception: unknown): Observable<never> {
    if (
      !(exception instanceof DomainError) ||
      exception.kind === 'internal' ||
      exception instanceof DatabaseOutage
    ) {
      this.logger.error(exception instanceof Error ? exception : String(exception), 'Grpc');
    }
    return throwError(() => toGrpcError(exception, this.service));
  }
}
