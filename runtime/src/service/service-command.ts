import type { INestApplicationContext } from '@nestjs/common';
import type { ImportedModule } from './module-parts.js';

/** A command of a service's program besides serving: `node dist/main.js users create-admin …`. */
export interface ServiceCommand {
  /** The module that the command needs (default: the whole service). */
  readonly module?: ImportedModule;
  /** @param args the arguments after the command's name. @returns the output */
  run(args: readonly string[], app: INestApplicationContext): Promise<string>;
}
