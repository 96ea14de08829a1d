import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { NestFactory } from '@nestjs/core';
import type { AbstractHttpAdapter } from '@nestjs/core';
import type { Environment } from '../config/config.js';
import { answerHealth, HEALTH_PATHS } from '../health/health-routes.js';
import type { Health } from '../health/health.js';
import { boot, createContext } from './boot.js';
import type { Serving } from './boot.js';
import { HttpDrain } from './http-drain.js';
import { trackRequests } from './http-requests.js';
import type { HookableServer } from './http-requests.js';
import { portInUse } from '../startup/port-in-use.js';
import { RuntimeModule } from './runtime.module.js';
import type { ServiceContext } from '../context/service-context.js';
import type { RunningService, ServiceOptions } from './service-options.js';
import { requireTrusted } from '../hosts/trusted-hosts.js';
import { settingsOf } from './service-settings.js';
import type { ServiceSettings } from './service-settings.js';

export interface HttpServiceOptions<S = unknown> extends ServiceOptions {
  readonly settings?: ServiceSettings<S>;
  /** The origins whose pages may call, besides those of the allowed hosts. */
  origins?(settings: S): readonly string[];
  /**
   * Creates Nest's Fastify adapter from the settings; the service provides it, so that only HTTP services depend on
   * Fastify.
   */
  adapter(settings: S): AbstractHttpAdapter;
}

/**
 * Boots an HTTP service; `startHttpService` does this for a process, tests do it in their own process.
 * @throws StartupError
 */
export async function bootHttpService<S>(
  options: HttpServiceOptions<S>,
  env: Environment,
): Promise<RunningService> {
  const context = createContext(options, env);
  return boot(context, () => serve(options, context));
}

async function serve<S>(options: HttpServiceOptions<S>, context: ServiceContext): Promise<Serving> {
  const { settings } = options;
  const { logger, health } = context;
  const own = (settings && settingsOf(settings, context.config)) as S;
  const adapter = options.adapter(own);
  const { host, port } = context.config;
  const drain = new HttpDrain(adapter.getInstance<HookableServer>());
  trackRequests(adapter.getInstance<HookableServer>(), context);
  guardHosts(adapter.getInstance<HookableServer>(), context, options.origins?.(own));
  const root = RuntimeModule.forContext(context, options);
  const app = await NestFactory.create(root, adapter, {
    logger,
    abortOnError: false,
    forceCloseConnections: true,
  });
  serveHealth(adapter, health);
  await app.listen(port, host).catch(async (error: Error) => {
    await app.close().catch(() => undefined);
    throw portInUse(error, `${host}:${port}`);
  });
  const server = app.getHttpServer() as Server;
  const { port: bound } = server.address() as AddressInfo;
  return { app, port: bound, drain: () => drain.drain(server, context.config.environment) };
}

/** Runs before everything else, also before a request is upgraded to a WebSocket. */
function guardHosts(
  server: HookableServer,
  { config }: ServiceContext,
  origins: readonly string[] | undefined,
): void {
  server.addHook('onRequest', ({ headers }, _reply, done) => {
    try {
      requireTrusted(headers, config.allowedHosts, origins);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
}

/** Serves health on the main port, too, for load balancers that can only check that one. */
function serveHealth(adapter: AbstractHttpAdapter, health: Health): void {
  for (const path of HEALTH_PATHS) {
    adapter.get(path, async (_request: unknown, response: unknown) => {
      const { status, body } = await answerHealth(health, path);
      adapter.setHeader(response, 'content-type', 'application/json');
      adapter.reply(response, body, status);
    });
  }
}
