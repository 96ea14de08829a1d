import { bootHttpService } from '@msx/runtime';
import type { RunningService } from '@msx/runtime';
import type { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { gateway } from './gateway.js';
import { httpAdapter } from './http/http-adapter.js';
import type { Settings } from './settings/settings.js';
import { Shop } from './upstreams/shop.fixture.js';

export interface Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly data: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly errors?: { message: string; path?: (string | number)[]; extensions: Record<string, any> }[];
  readonly status: number;
  readonly headers: Headers;
}

const ADMIN = { id: '00000000-0000-4000-8000-000000000000', roles: ['customer', 'admin'] };

/** The gateway on a free port, over real HTTP, with real gRPC servers behind it. */
export class Gateway {
  readonly shop = new Shop();
  /** Whom requests are taken to come from, as if that had been proven. */
  principal?: string;
  /** What requests are sent with unless they say otherwise. */
  token?: string;
  private service?: RunningService;

  get url(): string {
    return `http://127.0.0.1:${this.service?.port}/graphql`;
  }

  get healthUrl(): string {
    return `http://127.0.0.1:${this.service?.healthPort}/health`;
  }

  async start(
    environment: 'development' | 'production' = 'development',
    variables: Record<string, string> = {},
  ): Promise<void> {
    await this.shop.start();
    const own = { NODE_ENV: environment, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' };
    const auth = environment === 'production' ? this.shop.keys.variables : { AUTH: 'optional' };
    if (environment === 'production') this.token = await this.shop.keys.sign(ADMIN);
    const env = { ...own, ...auth, ...this.shop.urls, ...variables };
    const adapter = (settings: Settings): FastifyAdapter => {
      const fastify = httpAdapter(settings);
      fastify.getInstance<FastifyInstance>().addHook('onRequest', async (request) => {
        request.principal = this.principal;
      });
      return fastify;
    };
    this.service = await bootHttpService({ ...gateway, adapter }, env);
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    this.shop.stop();
  }

  async gql(query: string, variables = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
    return { ...body, status: response.status, headers: response.headers };
  }
}
