import type { INestApplicationContext } from '@nestjs/common';
import { loadConfig } from '../config/config.js';
import type { ConfigNeeds, Environment } from '../config/config.js';
import { HealthServer } from '../health/health-server.js';
import { ServiceContext } from './service-context.js';
import type { Purpose } from './service-context.js';
import { needsOf } from './service-needs.js';
import type { RunningService, ServiceOptions } from './service-options.js';

/** What serves on the main port. */
export interface Serving {
  readonly app: INestApplicationContext;
  readonly port: number;
  /** Lets those who ask us know that they should ask somebody else, and answers what they asked before. */
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

/** Serves health first, then whatever `serve` brings up. */
export async function boot(context: ServiceContext, serve: () => Promise<Serving>): Promise<RunningService> {
  const { health, logger, config } = context;
  const healthServer = await HealthServer.listen(context, { host: config.host, port: config.healthPort });
  const serving = await serve().catch(async (error: unknown) => {
    await healthServer.close();
    throw error;
  });
  health.serving();
  const { port } = serving;
  logger.log('Listening', {
    port,
    healthPort: healthServer.port,
    bootMs: Math.round(process.uptime() * 1000),
  });
  const stop = async (): Promise<void> => {
    health.draining();
    await serving.drain?.();
    await serving.app.close();
    await healthServer.close();
  };
  let stopped: Promise<void> | undefined;
  return { port, healthPort: healthServer.port, stop: () => (stopped ??= stop()) };
}
