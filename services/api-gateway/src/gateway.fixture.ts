import { bootHttpService } from '@msx/runtime';
import type { RunningService } from '@msx/runtime';
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

/** The whole suite has to hold whichever engine executes: `npm run test:apollo` runs it with the other one. */
const engine = process.env.GRAPHQL_ENGINE && { GRAPHQL_ENGINE: process.env.GRAPHQL_ENGINE };

const ADMIN = { id: '00000000-0000-4000-8000-000000000000', roles: ['customer', 'admin'] };

/** The gateway on a free port, over real HTTP, with real gRPC servers behind it. */
export class Gateway {
  readonly shop = new Shop();
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
    const own = {
      NODE_ENV: environment,
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'silent',
      ALLOW_PLAINTEXT: 'true',
      KAFKA_BROKERS: '127.0.0.1:1',
      ...engine,
    };
    const required = environment === 'production';
    const auth = { ...this.shop.keys.variables, AUTH: required ? 'required' : 'optional' };
    if (required) this.token = await this.shop.keys.sign(ADMIN);
    const env = { ...own, ...auth, ...this.shop.urls, ...variables };
    this.service = await bootHttpService(gateway, env);
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    this.shop.stop();
  }

  /** Sends requests as this user from now on. */
  async signIn(id: string, ...roles: string[]): Promise<void> {
    this.token = await this.shop.keys.sign({ id, roles });
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
