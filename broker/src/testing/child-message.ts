import type { LocalKafkaOptions } from './local-kafka.js';

/** The operations of the broker in a child process. The parent sends a call, and the child its outcome. */
export interface Call {
  readonly id: number;
  readonly operation: 'start' | 'stop' | 'exchange' | FaultName;
  readonly args: readonly unknown[];
}

export const faultNames = ['dropConnections', 'delay', 'error', 'pause', 'resume', 'clear'] as const;
export type FaultName = (typeof faultNames)[number];

export type ChildOptions = Omit<LocalKafkaOptions, 'process' | 'log'>;

export type ChildMessage =
  | { readonly kind: 'result'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'failure'; readonly id: number; readonly error: StoredError }
  | {
      readonly kind: 'log';
      readonly line: readonly [level: string, msg: string, details?: Record<string, unknown>];
    };

/** An error as it is sent: its class is lost, and its name and code are kept. */
export interface StoredError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
}
