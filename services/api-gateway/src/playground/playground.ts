import { ServiceContext } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { GRAPHQL_PATH } from '../http/http-adapter.js';
import { assets, assetsVersion } from './assets.js';
import { contentSecurityPolicy, page } from './page.js';

/** Answers browsers that open the GraphQL endpoint with a page to try it; not in production. */
@Injectable()
export class Playground implements OnModuleInit {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly context: ServiceContext,
  ) {}

  onModuleInit(): void {
    if (this.context.config.environment === 'production') return;
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    const base = `${GRAPHQL_PATH}/playground/${assetsVersion()}`;
    servePage(fastify, page(base));
    serveAssets(fastify, base);
  }
}

/** A hook and not a route, since the endpoint's GET is GraphQL's own: every other request passes by. */
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

function serveAssets(fastify: FastifyInstance, base: string): void {
  for (const [name, asset] of assets) {
    fastify.get(`${base}/${name}`, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(asset.type)
        .send(asset.read()),
    );
  }
}
