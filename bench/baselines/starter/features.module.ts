// The features that a starter adds, following the documentation of its frameworks, to match our gateway: a guard that verifies
// the token of each request, a throttler, a log line by pino, a histogram and a pipe that validates arguments.
import {
  Injectable,
  Module,
  UnauthorizedException,
  ValidationPipe,
  type CallHandler,
  type CanActivate,
  type ExecutionContext,
  type NestInterceptor,
} from '@nestjs/common';
import { APP_GUARD, APP_INTERCEPTOR, APP_PIPE } from '@nestjs/core';
import { GqlExecutionContext } from '@nestjs/graphql';
import { ThrottlerGuard, ThrottlerModule } from '@nestjs/throttler';
import { importJWK, jwtVerify } from 'jose';
import { LoggerModule } from 'nestjs-pino';
import { Histogram } from 'prom-client';
import { tap } from 'rxjs';
import type { HttpContext } from './http-context.js';

const httpOf = (execution: ExecutionContext) =>
  GqlExecutionContext.create(execution).getContext<HttpContext>();
const inGraphql = (execution: ExecutionContext) => execution.getType<string>() === 'graphql';

const [jwk] = (JSON.parse(process.env.JWKS!) as { keys: object[] }).keys;

@Injectable()
class AuthGuard implements CanActivate {
  private readonly key = importJWK(jwk!, 'EdDSA');

  async canActivate(execution: ExecutionContext): Promise<boolean> {
    if (!inGraphql(execution)) return true;
    const { req } = httpOf(execution);
    const [type, token] = req.headers.authorization?.split(' ') ?? [];
    if (type !== 'Bearer' || !token) throw new UnauthorizedException();
    const claims = { issuer: 'msx', audience: 'msx' };
    Object.assign(req, { user: (await jwtVerify(token, await this.key, claims)).payload });
    return true;
  }
}

@Injectable()
class GqlThrottlerGuard extends ThrottlerGuard {
  protected override getRequestResponse(execution: ExecutionContext) {
    return inGraphql(execution) ? httpOf(execution) : super.getRequestResponse(execution);
  }
}

@Injectable()
class MetricsInterceptor implements NestInterceptor {
  private readonly durations = new Histogram({
    name: 'resolver_seconds',
    help: 'seconds',
    labelNames: ['resolver'],
  });

  intercept(execution: ExecutionContext, next: CallHandler) {
    const end = this.durations.startTimer({ resolver: execution.getHandler().name });
    return next.handle().pipe(tap(() => end()));
  }
}

@Module({
  imports: [LoggerModule.forRoot(), ThrottlerModule.forRoot([{ ttl: 60_000, limit: 100_000_000 }])],
  providers: [
    { provide: APP_GUARD, useClass: GqlThrottlerGuard },
    { provide: APP_GUARD, useClass: AuthGuard },
    { provide: APP_INTERCEPTOR, useClass: MetricsInterceptor },
    { provide: APP_PIPE, useFactory: () => new ValidationPipe({ transform: true }) },
  ],
})
export class FeaturesModule {}
