import type { ImportedModule } from './module-parts.js';

export interface ServiceOptions {
  /** As msx.yaml has it: also the consumer group, and the source of events. */
  readonly name: string;
  readonly module: ImportedModule;
  /** The main port unless PORT says otherwise; 0 takes any free one. */
  readonly port: number;
}

/** A service that serves. */
export interface RunningService {
  readonly port: number;
  readonly healthPort: number;
  /** Drains and lets go of everything: calls in hand are answered, messages in hand handled, the outbox flushed. Again is once. */
  stop(): Promise<void>;
}
