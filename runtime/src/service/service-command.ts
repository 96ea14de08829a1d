import { NestFactory } from '@nestjs/core';
import type { INestApplicationContext } from '@nestjs/common';
import type { Environment } from '../config/config.js';
import { createContext } from './boot.js';
import type { ImportedModule } from './module-parts.js';
import { RuntimeModule } from './runtime.module.js';
import type { ServiceOptions } from './service-options.js';

/** What a service's own program can do besides serving: `node dist/main.js users create-admin …`. */
export interface ServiceCommand {
  /** What of the service it stands on; all of it unless given. */
  readonly module?: ImportedModule;
  /** @param args what follows the command's name. @returns what to print */
  run(args: readonly string[], app: INestApplicationContext): Promise<string>;
}

/**
 * Runs a command within the service's modules, on its database: no port is opened, and events wait in the outbox for the
 * service itself.
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
