import { setLogger } from '@grpc/grpc-js';
import { NestFactory } from '@nestjs/core';
import type { Environment } from '../config/config.js';
import { GrpcExceptionFilter } from '../grpc/grpc-exception.filter.js';
import { GrpcTransport } from '../grpc/grpc-transport.js';
import type { TransportOptions } from '../grpc/grpc-transport.js';
import { RequestInterceptor } from '../grpc/request.interceptor.js';
import type { Logger } from '../logs/logger.js';
import { boot, createContext } from './boot.js';
import type { Serving } from './boot.js';
import { portInUse } from './port-in-use.js';
import { RuntimeModule } from './runtime.module.js';
import type { ServiceContext } from './service-context.js';
import type { RunningService, ServiceOptions } from './service-options.js';

/**
 * `services`: generated definitions by the names that controllers use, `{ UserService: UserServiceService }`;
 * `descriptor`: the FileDescriptorSet that reflection, in development only, tells clients about.
 */
export type GrpcServiceOptions = ServiceOptions &
  Pick<TransportOptions, 'packageName' | 'services' | 'descriptor'>;

/**
 * Brings a gRPC service up; `startGrpcService` does this for a process, tests do it within theirs.
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
  const { name, logger, health } = context;
  const { host, port, environment, tls, maxConnectionAge } = context.config;
  quietGrpc(logger);
  const reflected = environment === 'development' ? descriptor : undefined;
  const strategy = new GrpcTransport({
    ...{ host, port, packageName, services, health, descriptor: reflected },
    ...{ tls, maxConnectionAge: maxConnectionAge * 1000 },
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
    ...(environment === 'production' && { drain: () => strategy.sendAway() }),
  };
}

/** grpc-js writes to standard error; what matters of it reaches us as errors. */
function quietGrpc(logger: Logger): void {
  const debug = (message?: unknown): void => logger.debug(String(message), 'grpc-js');
  setLogger({ error: debug, info: debug, debug });
}
