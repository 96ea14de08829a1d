import { bootHttpService } from '@msx/runtime';
import type { HttpServiceOptions, RunningService } from '@msx/runtime';
import type { Settings } from '../settings/settings.js';
import type { TestUpstreams } from './test-upstreams.js';

export interface GraphqlResponse {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests read responses of every shape
  readonly data: any;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly errors?: { message: string; path?: (string | number)[]; extensions: Record<string, any> }[];
  readonly status: number;
  readonly headers: Headers;
}

/** Suites must pass with either engine: `GRAPHQL_ENGINE=apollo npm test` runs them with the other one. */
const engine = process.env.GRAPHQL_ENGINE && { GRAPHQL_ENGINE: process.env.GRAPHQL_ENGINE };

const ADMIN = { id: '00000000-0000-4000-8000-000000000000', roles: ['customer', 'admin'] };

/** A gateway on a free port, over real HTTP, with real gRPC servers behind it. */
export class TestGateway<Upstreams extends TestUpstreams = TestUpstreams> {
  /** The default token of requests. */
  token?: string;
  private service?: RunningService;

  constructor(
    private readonly gateway: HttpServiceOptions<Settings>,
    readonly upstreams: Upstreams,
  ) {}

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
    const { keys } = this.upstreams;
    await this.upstreams.start();
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
    const auth = { ...keys.variables, AUTH: required ? 'required' : 'optional' };
    if (required) this.token = await keys.sign(ADMIN);
    const env = { ...own, ...auth, ...this.upstreams.urls, ...variables };
    this.service = await bootHttpService(this.gateway, env);
  }

  async stop(): Promise<void> {
    await this.service?.stop();
    this.upstreams.stop();
  }

  /** Sends further requests as this user. */
  async signIn(id: string, ...roles: string[]): Promise<void> {
    this.token = await this.upstreams.keys.sign({ id, roles });
  }

  async gql(query: string, variables = {}, headers: Record<string, string> = {}): Promise<GraphqlResponse> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(this.token && { authorization: `Bearer ${this.token}` }),
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
    });
    const body = (await response.json()) as Pick<GraphqlResponse, 'data' | 'errors'>;
    return { ...body, status: response.status, headers: response.headers };
  }
}
