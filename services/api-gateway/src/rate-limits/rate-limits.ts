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
import type { Policy, Standing } from './rate-limit-headers.js';
import { RATE_LIMIT_STORE } from './rate-limit-store.js';
import type { Quota, RateLimitStore, Taken } from './rate-limit-store.js';

/**
 * Answers 429 to whoever asks for too much: to an address before its body is even read, to a principal once it is known.
 * Probes are not counted.
 */
@Injectable()
export class RateLimits implements OnModuleInit {
  private readonly standings = new WeakMap<FastifyRequest, Standing[]>();

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
   * Counts what comes in over an open socket as a request of its own.
   * @throws DomainError RATE_LIMITED
   */
  async take(address: string, principal: string | undefined): Promise<void> {
    const { rates } = this.settings;
    if (rates.address) await this.takeFrom(`address:${addressKey(address)}`, rates.address);
    if (rates.principal && principal) await this.takeFrom(`principal:${principal}`, rates.principal);
  }

  private async takeFrom(key: string, quota: Quota): Promise<void> {
    const taken = await this.store.take(key, quota);
    if (!taken.allowed) throw rateLimited(taken);
  }

  private limit(
    policy: Policy,
    fastify: FastifyInstance,
    who: (request: FastifyRequest) => string | undefined,
  ): void {
    const quota = this.settings.rates[policy]!;
    const take: onRequestHookHandler & preHandlerHookHandler = (request, reply, done) => {
      const key = who(request);
      if (key === undefined) return done();
      const proceed = (taken: Taken): void => {
        this.show(reply, { policy, quota, taken });
        if (taken.allowed) done();
        else refuse(reply, taken);
      };
      const taken = this.store.take(`${policy}:${key}`, quota);
      if (taken instanceof Promise) taken.then(proceed).catch(done);
      else proceed(taken);
    };
    if (policy === 'address') fastify.addHook('onRequest', take);
    else fastify.addHook('preHandler', take);
  }

  /** In the headers of the answer, beside what other limits said before. */
  private show(reply: FastifyReply, standing: Standing): void {
    const standings = [...(this.standings.get(reply.request) ?? []), standing];
    this.standings.set(reply.request, standings);
    reply.headers(rateLimitHeaders(standings));
  }
}

function addressOf({ url, ip }: FastifyRequest): string | undefined {
  return url.startsWith('/health/') ? undefined : addressKey(ip);
}

function refuse(reply: FastifyReply, taken: Taken): void {
  const error = rateLimited(taken);
  const shown = showError({ message: error.message }, error, String(reply.getHeader('x-request-id')));
  void reply.code(429).send({ errors: [shown] });
}
