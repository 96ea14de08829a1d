import 'reflect-metadata';
import { Logger } from '../logs/logger.js';
import { runConfigCommand } from './config-command.js';
import { runDatabaseCommand } from './database-command.js';
import { runServiceCommand } from './service-command.js';
import { bootGrpcService } from './grpc-service.js';
import type { GrpcServiceOptions } from './grpc-service.js';
import { bootHttpService } from './http-service.js';
import type { HttpServiceOptions } from './http-service.js';
import type { RunningService, ServiceOptions } from './service-options.js';

/** After this long a service that is shutting down ends anyway, in milliseconds; whoever asked waits for 5 s. */
const SHUTDOWN = 4500;

/** Runs this process as a gRPC service: `main.ts` is one call of it. */
export function startGrpcService(given: GrpcServiceOptions): Promise<void> {
  const options = { folder: process.cwd(), ...given };
  return start(options, () => bootGrpcService(options, process.env));
}

/** Runs this process as an HTTP service. */
export function startHttpService<S>(given: HttpServiceOptions<S>): Promise<void> {
  const options = { folder: process.cwd(), ...given };
  return start(options, () => bootHttpService(options, process.env));
}

/**
 * Until it serves or is done with its command; being told to stop before either ends it at once, since nothing is in
 * hand yet. Whatever goes wrong ends the process with 1 and one fatal line.
 */
async function start(options: ServiceOptions, boot: () => Promise<RunningService>): Promise<void> {
  const logger = new Logger({
    service: options.name,
    level: process.env.LOG_LEVEL === 'silent' ? 'silent' : 'info',
  });
  process.on('uncaughtException', (error) => die(logger, error));
  process.on('unhandledRejection', (error) => die(logger, error));
  const asked = new Promise<string>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve(signal));
  });
  const [first, ...rest] = process.argv.slice(2);
  try {
    if (first === 'db')
      return void process.stdout.write(`${await runDatabaseCommand(rest, options, process.env)}\n`);
    if (first === 'config') return checkConfig(rest, options);
    if (first !== undefined && options.commands?.[first]) {
      const output = await runServiceCommand([first, ...rest], options, process.env);
      return void process.stdout.write(`${output}\n`);
    }
    const service = await Promise.race([boot(), asked]);
    if (typeof service === 'string') process.exit(0);
    void asked.then((signal) => shutDown(service, logger, signal));
  } catch (error) {
    die(logger, error);
  }
}

function checkConfig(args: readonly string[], options: ServiceOptions): void {
  const { output, ok } = runConfigCommand(args, options, process.env);
  process.stdout.write(`${output}\n`);
  if (!ok) process.exitCode = 1;
}

async function shutDown(service: RunningService, logger: Logger, signal: string): Promise<void> {
  logger.log(`${signal}: stopping`);
  setTimeout(() => die(logger, new Error(`Could not stop within ${SHUTDOWN} ms`)), SHUTDOWN).unref();
  await service.stop().catch((error: unknown) => die(logger, error));
  logger.log('Stopped');
  process.exit(0);
}

/** The line names its `code` at the top level, for whoever started us. */
function die(logger: Logger, error: unknown): never {
  const { code, reason, message = String(error) } = Object(error) as Partial<Record<string, unknown>>;
  logger.pino.fatal({ code: String(code ?? reason ?? 'INTERNAL'), err: error }, String(message));
  process.exit(1);
}
