import 'reflect-metadata';
import { Logger } from '../logs/logger.js';
import { runConfigCommand } from './config-command.js';
import { runDatabaseCommand } from './database-command.js';
import { runServiceCommand } from './run-service-command.js';
import { bootGrpcService } from './grpc-service.js';
import type { GrpcServiceOptions } from './grpc-service.js';
import { bootHttpService } from './http-service.js';
import type { HttpServiceOptions } from './http-service.js';
import type { RunningService, ServiceOptions } from './service-options.js';

/** A shutdown is forced to end after this long; msx waits for 5 s. */
const SHUTDOWN_TIMEOUT_MS = 4500;

/** Files that a service writes, such as its database, are accessible to their owner only. */
const UMASK_OWNER_ONLY = 0o077;

/** Runs this process as a gRPC service: `main.ts` is one call of it. */
export function startGrpcService(service: GrpcServiceOptions): Promise<void> {
  const options = { folder: process.cwd(), ...service };
  return start(options, () => bootGrpcService(options, process.env));
}

/** Runs this process as an HTTP service. */
export function startHttpService<S>(service: HttpServiceOptions<S>): Promise<void> {
  const options = { folder: process.cwd(), ...service };
  return start(options, () => bootHttpService(options, process.env));
}

/**
 * Resolves when the service serves or its command is done. A signal before that exits at once, because nothing is in
 * flight yet. Any error exits with 1 and one fatal line.
 */
async function start(options: ServiceOptions, boot: () => Promise<RunningService>): Promise<void> {
  process.umask(UMASK_OWNER_ONLY);
  const logger = new Logger({
    service: options.name,
    level: process.env.LOG_LEVEL === 'silent' ? 'silent' : 'info',
  });
  process.on('uncaughtException', (error) => exitWithError(logger, error));
  process.on('unhandledRejection', (error) => exitWithError(logger, error));
  const signalled = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
  const [first, ...rest] = process.argv.slice(2);
  try {
    if (first === 'db' && rest[0] === 'seed') {
      const { runSeedCommand } = await import('./seed-command.js');
      return void process.stdout.write(`${await runSeedCommand(rest, options, process.env)}\n`);
    }
    if (first === 'db')
      return void process.stdout.write(`${await runDatabaseCommand(rest, options, process.env)}\n`);
    if (first === 'config') return checkConfig(rest, options);
    if (first !== undefined && options.commands?.[first]) {
      const output = await runServiceCommand([first, ...rest], options, process.env);
      return void process.stdout.write(`${output}\n`);
    }
    const service = await Promise.race([boot(), signalled]);
    if (typeof service === 'string') process.exit(0);
    void signalled.then((signal) => shutDown(service, logger, signal));
  } catch (error) {
    exitWithError(logger, error);
  }
}

function checkConfig(args: readonly string[], options: ServiceOptions): void {
  const { output, ok } = runConfigCommand(args, options, process.env);
  process.stdout.write(`${output}\n`);
  if (!ok) process.exitCode = 1;
}

async function shutDown(service: RunningService, logger: Logger, signal: string): Promise<void> {
  logger.log(`${signal}: stopping`);
  setTimeout(
    () => exitWithError(logger, new Error(`Could not stop within ${SHUTDOWN_TIMEOUT_MS} ms`)),
    SHUTDOWN_TIMEOUT_MS,
  ).unref();
  await service.stop().catch((error: unknown) => exitWithError(logger, error));
  logger.log('Stopped');
  process.exit(0);
}

/** The fatal line has its `code` at the top level, where the parent process reads it. */
function exitWithError(logger: Logger, error: unknown): never {
  const { code, reason, message = String(error) } = Object(error) as Partial<Record<string, unknown>>;
  logger.pino.fatal({ code: String(code ?? reason ?? 'INTERNAL'), err: error }, String(message));
  process.exit(1);
}
