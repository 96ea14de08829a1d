import type { FastifyInstance } from 'fastify';
import { assets, assetsVersion } from './assets.js';
import { contentSecurityPolicy, page } from './page.js';

/** Answers browsers that open the GraphQL endpoint with a page to try it; every other request passes by. */
export function servePlayground(fastify: FastifyInstance, path: string): void {
  const base = `${path}/playground/${assetsVersion()}`;
  const html = page(base);
  fastify.addHook('onRequest', (request, reply, done) => {
    const isBrowser = request.method === 'GET' && request.headers.accept?.includes('text/html');
    if (!isBrowser || request.url.split('?', 1)[0] !== path) return done();
    void reply
      .header('content-security-policy', contentSecurityPolicy)
      .header('cache-control', 'no-cache')
      .type('text/html; charset=utf-8')
      .send(html);
  });
  for (const [name, asset] of assets) {
    fastify.get(`${base}/${name}`, (_request, reply) =>
      reply
        .header('cache-control', 'public, max-age=31536000, immutable')
        .type(asset.type)
        .send(asset.read()),
    );
  }
}
