import type { ImportedModule } from './module-parts.js';
import type { ServiceCommand } from './service-command.js';
import type { ServiceSettings } from './service-settings.js';

export interface ServiceOptions {
  /** As msx.yaml has it: also the consumer group, and the source of events. */
  readonly name: string;
  readonly module: ImportedModule;
  /** The main port unless PORT says otherwise; 0 takes any free one. */
  readonly port: number;
  /** Its own variables, and what it makes of them. */
  readonly settings?: ServiceSettings<unknown>;
  /** Where `config/<environment>.yaml` is, if it has any: the working directory of a process. */
  readonly folder?: string;
  /** Its own commands, by name. */
  readonly commands?: Readonly<Record<string, ServiceCommand>>;
}

/** A service that serves. */
export interface RunningService {
  readonly port: number;
  readonly healthPort: number;
  /** Drains and lets go of everything: calls in hand are answered, messages in hand handled, the outbox flushed. Again is once. */
  stop(): Promise<void>;
}
