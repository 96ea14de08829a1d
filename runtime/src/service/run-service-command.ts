import { NestFactory } from '@nestjs/core';
import type { Environment } from '../config/config.js';
import { createContext } from './boot.js';
import { RuntimeModule } from './runtime.module.js';
import type { ServiceOptions } from './service-options.js';

/**
 * Runs a command with the service's modules and database: no port is opened, and events stay in the outbox until the
 * service publishes them.
 * @throws StartupError, DomainError
 */
export async function runServiceCommand(
  [name, ...args]: readonly [string, ...string[]],
  options: ServiceOptions,
  env: Environment,
): Promise<string> {
  const command = options.commands![name]!;
  const parts = { ...options, module: command.module ?? options.module };
  const context = createContext(parts, env, 'command');
  const root = RuntimeModule.forContext(context, parts);
  const app = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  try {
    return await command.run(args, app);
  } finally {
    await app.close();
  }
}
