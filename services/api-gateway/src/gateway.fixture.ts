import { bootHttpService } from '@msx/runtime';
import type { RunningService } from '@msx/runtime';
import type { FastifyInstance } from 'fastify';
import { gateway } from './gateway.js';
import { Shop } from './upstreams/shop.fixture.js';

export interface Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers of every shape
  readonly data: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly errors?: { message: string; path?: (string | number)[]; extensions: Record<string, any> }[];
  readonly status: number;
  readonly headers: Headers;
}

/** The gateway on a free port, over real HTTP, with real gRPC servers behind it. */
export class Gateway {
  readonly shop = new Shop();
  /** Whom requests are taken to come from, as if that had been proven. */
  principal?: string;
  private service!: RunningService;

  get url(): string {
    return `http://127.0.0.1:${this.service.port}/graphql`;
  }

  get healthUrl(): string {
    return `http://127.0.0.1:${this.service.healthPort}/health`;
  }

  async start(
    environment: 'development' | 'production' = 'development',
    variables: Record<string, string> = {},
  ): Promise<void> {
    await this.shop.start();
    const own = { NODE_ENV: environment, HOST: '127.0.0.1', PORT: '0', LOG_LEVEL: 'silent' };
    const env = { ...own, ...this.shop.urls, ...variables };
    const { name, module, port, adapter } = gateway(env);
    adapter.getInstance<FastifyInstance>().addHook('onRequest', async (request) => {
      request.principal = this.principal;
    });
    this.service = await bootHttpService({ name, module, port, adapter }, env);
  }

  async stop(): Promise<void> {
    await this.service.stop();
    this.shop.stop();
  }

  async gql(query: string, variables = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Pick<Answer, 'data' | 'errors'>;
    return { ...body, status: response.status, headers: response.headers };
  }
}
