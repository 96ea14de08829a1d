import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.js';
import { httpAdapter } from './http/http-adapter.js';
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
  private app!: NestFastifyApplication;
  url = '';

  async start({ playground = true } = {}): Promise<void> {
    await this.shop.start();
    this.app = await NestFactory.create<NestFastifyApplication>(AppModule, httpAdapter({ playground }), {
      logger: false,
    });
    await this.app.listen(0, '127.0.0.1');
    this.url = `${await this.app.getUrl()}/graphql`;
  }

  async stop(): Promise<void> {
    await this.app.close();
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
