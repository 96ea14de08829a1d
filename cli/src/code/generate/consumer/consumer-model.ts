import type { Service } from '../../../model/system/system.js';

export interface ConsumerModel {
  readonly topic: string;
  readonly words: readonly string[];
  readonly service: Service;
  /** The message of the topic, and the stub that contains it. */
  readonly message: string;
  readonly stub: string;
}
