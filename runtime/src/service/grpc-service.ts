import { setLogger } from '@grpc/grpc-js';
import { NestFactory } from '@nestjs/core';
import type { Environment } from '../config/config.js';
import { GrpcExceptionFilter } from '../grpc/server/grpc-exception.filter.js';
import { GrpcTransport } from '../grpc/server/grpc-transport.js';
import type { TransportOptions } from '../grpc/server/grpc-transport.js';
import { RequestInterceptor } from '../grpc/server/request.interceptor.js';
import type { Logger } from '../logs/logger.js';
import { boot, createContext } from './boot.js';
import type { Serving } from './boot.js';
import { portInUse } from '../startup/port-in-use.js';
import { RuntimeModule } from './runtime.module.js';
import type { ServiceContext } from '../context/service-context.js';
import type { RunningService, ServiceOptions } from './service-options.js';

/**
 * `services`: generated definitions by the names that controllers use, `{ UserService: UserServiceService }`;
 * `descriptor`: the FileDescriptorSet for reflection, which is served in development only.
 */
export type GrpcServiceOptions = ServiceOptions &
  Pick<TransportOptions, 'packageName' | 'services' | 'descriptor'>;

/**
 * Boots a gRPC service; `startGrpcService` does this for a process, tests do it in their own process.
 * @throws StartupError
 */
export async function bootGrpcService(
  options: GrpcServiceOptions,
  env: Environment,
): Promise<RunningService> {
  const context = createContext(options, env);
  return boot(context, () => serve(options, context));
}

async function serve(options: GrpcServiceOptions, context: ServiceContext): Promise<Serving> {
  const { packageName, services, descriptor } = options;
  const { name, logger, health, sessions } = context;
  const { host, port, environment, tls, callers, maxConnectionAge } = context.config;
  quietGrpc(logger);
  const reflected = environment === 'development' ? descriptor : undefined;
  const strategy = new GrpcTransport({
    ...{ host, port, packageName, services, health, sessions, descriptor: reflected },
    ...{ tls, maxConnectionAge: maxConnectionAge * 1000 },
    onMalformed: (path, { message: reason }) =>
      logger.warn('malformed request', { method: path, reason }, 'Grpc'),
    // Operators use the service's own certificate, for example with msx call.
    ...(callers && { callers: [name, ...callers] }),
  });
  const root = RuntimeModule.forContext(context, options);
  const app = await NestFactory.createMicroservice(root, { strategy, logger, abortOnError: false });
  app.useGlobalFilters(new GrpcExceptionFilter(name, logger));
  app.useGlobalInterceptors(new RequestInterceptor(context));
  await app.listen().catch(async (error: Error) => {
    await app.close().catch(() => undefined);
    throw portInUse(error, `${host}:${port}`);
  });
  return {
    app,
    port: strategy.port,
    ...(environment === 'production' && { drain: () => strategy.drainClients() }),
  };
}

/** grpc-js writes to standard error; anything important also reaches us as an error. */
function quietGrpc(logger: Logger): void {
  const debug = (message?: unknown): void => logger.debug(String(message), 'grpc-js');
  setLogger({ error: debug, info: debug, debug });
}
