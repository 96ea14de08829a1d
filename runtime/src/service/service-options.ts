import type { ImportedModule } from './module-parts.js';
import type { AnySeed } from './seed.js';
import type { ServiceCommand } from './service-command.js';
import type { ServiceSettings } from './service-settings.js';

export interface ServiceOptions {
  /** The name in msx.yaml, which is also the consumer group and the source of events. */
  readonly name: string;
  readonly module: ImportedModule;
  /** The default of PORT; 0 picks a free port. */
  readonly port: number;
  /** The service's own settings. */
  readonly settings?: ServiceSettings<unknown>;
  /** The folder that contains `config/<environment>.yaml`: the working directory of a process. */
  readonly folder?: string;
  /** Its own commands, by name. */
  readonly commands?: Readonly<Record<string, ServiceCommand>>;
  /** What `msx db seed` creates, in this order. */
  readonly seeds?: readonly AnySeed[];
}

/** A running service. */
export interface RunningService {
  readonly port: number;
  readonly healthPort: number;
  /** Drains and closes everything: calls and messages in flight are finished, and the outbox is flushed. Idempotent. */
  stop(): Promise<void>;
}
