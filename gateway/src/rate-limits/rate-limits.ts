import { currentPrincipal } from '@msx/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type {
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
  onRequestHookHandler,
  preHandlerHookHandler,
} from 'fastify';
import { showError } from '../errors/show-error.js';
import { SETTINGS } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';
import { addressKey } from './address-key.js';
import { rateLimited } from './rate-limited.js';
import { rateLimitHeaders } from './rate-limit-headers.js';
import type { Policy, LimitStatus } from './rate-limit-headers.js';
import { RATE_LIMIT_STORE } from './rate-limit-store.js';
import type { Quota } from '../settings/quota.js';
import type { RateLimitStore, RateLimitResult } from './rate-limit-store.js';

/**
 * Answers 429 to clients that exceed a limit: to an address before the body is read, to a principal once it is authenticated.
 * Health checks are not counted.
 */
@Injectable()
export class RateLimits implements OnModuleInit {
  private readonly statuses = new WeakMap<FastifyRequest, LimitStatus[]>();

  constructor(
    private readonly host: HttpAdapterHost,
    @Inject(SETTINGS) private readonly settings: Settings,
    @Inject(RATE_LIMIT_STORE) private readonly store: RateLimitStore,
  ) {}

  onModuleInit(): void {
    const { address, principal } = this.settings.rates;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    if (address) this.limit('address', fastify, addressOf);
    if (principal) this.limit('principal', fastify, () => currentPrincipal()?.id);
  }

  /**
   * Counts an operation over an open socket as a request.
   * @throws DomainError RATE_LIMITED
   */
  async take(address: string, principal: string | undefined): Promise<void> {
    const { rates } = this.settings;
    if (rates.address) await this.takeFrom(`address:${addressKey(address)}`, rates.address);
    if (rates.principal && principal) await this.takeFrom(`principal:${principal}`, rates.principal);
  }

  private async takeFrom(key: string, quota: Quota): Promise<void> {
    const result = await this.store.take(key, quota);
    if (!result.allowed) throw rateLimited(result);
  }

  private limit(
    policy: Policy,
    fastify: FastifyInstance,
    keyOf: (request: FastifyRequest) => string | undefined,
  ): void {
    const quota = this.settings.rates[policy]!;
    const take: onRequestHookHandler & preHandlerHookHandler = (request, reply, done) => {
      const key = keyOf(request);
      if (key === undefined) return done();
      const proceed = (result: RateLimitResult): void => {
        this.show(reply, { policy, quota, result });
        if (result.allowed) done();
        else refuse(reply, result);
      };
      const result = this.store.take(`${policy}:${key}`, quota);
      if (result instanceof Promise) result.then(proceed).catch(done);
      else proceed(result);
    };
    if (policy === 'address') fastify.addHook('onRequest', take);
    else fastify.addHook('preHandler', take);
  }

  /** Adds a limit to the headers of the response, next to those shown before. */
  private show(reply: FastifyReply, status: LimitStatus): void {
    const statuses = [...(this.statuses.get(reply.request) ?? []), status];
    this.statuses.set(reply.request, statuses);
    reply.headers(rateLimitHeaders(statuses));
  }
}

function addressOf({ url, ip }: FastifyRequest): string | undefined {
  return url.startsWith('/health/') ? undefined : addressKey(ip);
}

function refuse(reply: FastifyReply, result: RateLimitResult): void {
  const error = rateLimited(result);
  const shown = showError({ message: error.message }, error, String(reply.getHeader('x-request-id')));
  void reply.code(429).send({ errors: [shown] });
}
