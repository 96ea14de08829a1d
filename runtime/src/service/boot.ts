import type { INestApplicationContext } from '@nestjs/common';
import { loadConfig } from '../config/load-config.js';
import type { ConfigNeeds, Environment } from '../config/config.js';
import { HealthServer } from '../health/health-server.js';
import { ServiceContext } from '../context/service-context.js';
import type { Purpose } from '../context/service-context.js';
import { needsOf } from './service-needs.js';
import type { RunningService, ServiceOptions } from './service-options.js';

/** The running server on the main port. */
export interface Serving {
  readonly app: INestApplicationContext;
  readonly port: number;
  /** Redirects clients to other servers, and finishes the requests in flight. */
  drain?(): Promise<void>;
}

/** @throws StartupError CONFIG_INVALID, INSECURE_PRODUCTION */
export function createContext(options: ServiceOptions, env: Environment, purpose?: Purpose): ServiceContext {
  return new ServiceContext(options.name, loadConfig(env, configNeedsOf(options)), purpose);
}

export function configNeedsOf(options: ServiceOptions): ConfigNeeds {
  const { module, port, settings, folder } = options;
  const grpc = 'packageName' in options;
  return { ...needsOf(module, port), grpc, variables: settings?.variables, folder };
}

/**
 * When the program began, on the clock of `performance`: at the start of its process, or, if that waited on standby, at
 * the mark that msx sets (User Timing, W3C).
 */
const begunAt = (): number => performance.getEntriesByName('msx: program begins').at(-1)?.startTime ?? 0;

/** Starts the health server, then the server that `serve` returns. */
export async function boot(context: ServiceContext, serve: () => Promise<Serving>): Promise<RunningService> {
  const { health, logger, config } = context;
  if (config.auth.open) logger.warn('Calls without a token are accepted: JWKS is not set', 'Auth');
  const healthServer = await HealthServer.listen(context, {
    host: config.host,
    port: config.healthPort,
    allowedHosts: config.allowedHosts,
  });
  const serving = await serve().catch(async (error: unknown) => {
    await healthServer.close();
    throw error;
  });
  health.serving();
  const { port } = serving;
  logger.log('Listening', {
    port,
    healthPort: healthServer.port,
    bootMs: Math.round(performance.now() - begunAt()),
  });
  const stop = async (): Promise<void> => {
    health.draining();
    await serving.drain?.();
    await serving.app.close();
    await healthServer.close();
    context.close();
  };
  let stopped: Promise<void> | undefined;
  return { port, healthPort: healthServer.port, stop: () => (stopped ??= stop()) };
}
