import { ServiceContext } from '@msx/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { GATEWAY_OPTIONS } from '../gateway-options.js';
import type { GatewayOptions } from '../gateway-options.js';
import { GRAPHQL_PATH } from '../http/http-adapter.js';
import { assetsFor, assetsVersion } from './assets.js';
import type { Asset } from './assets.js';
import { contentSecurityPolicy, page } from './page.js';

/** Serves browsers that open the GraphQL endpoint a page to try it; not in production. */
@Injectable()
export class Playground implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly context: ServiceContext,
    @Inject(GATEWAY_OPTIONS) private readonly options: GatewayOptions,
  ) {}

  onModuleInit(): void {
    if (this.context.config.environment === 'production') return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const { examples = [] } = this.options;
    const base = `${GRAPHQL_PATH}/playground/${assetsVersion(examples)}`;
    servePage(fastify, page(base));
    serveAssets(fastify, base, assetsFor(examples));
  }
}

/** A hook instead of a route, since GET on the endpoint belongs to GraphQL: all other requests pass through. */
function servePage(fastify: FastifyInstance, html: string): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const isBrowser = request.method === 'GET' && request.headers.accept?.includes('text/html');
    if (!isBrowser || request.url.split('?', 1)[0] !== GRAPHQL_PATH) return done();
    void reply
      .header('content-security-policy', contentSecurityPolicy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html);
  });
}

function serveAssets(fastify: FastifyInstance, base: string, assets: ReadonlyMap<string, Asset>): void {
  for (const [name, asset] of assets) {
    fastify.get(`${base}/${name}`, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(asset.type)
        .send(asset.read()),
    );
  }
}
