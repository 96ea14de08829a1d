import { DomainError } from '../../errors/domain-error.js';
import { maskPasswords } from '../../logs/serialize-error.js';
import { MAX_VALUE_BYTES } from '../outbox/outbox.js';
import { toLatin1 } from '../messages/wire-message.js';
import type { ReceivedMessage, WireMessage } from '../messages/wire-message.js';

const MAX_ERROR_LENGTH = 1000;

export function deadLetterTopic(topic: string, group: string): string {
  return `${topic}.${group}.dlq`;
}

export interface DeadLetterCause {
  readonly group: string;
  readonly error: unknown;
  readonly attempts: number;
  /** The handler that failed; undefined when the message could not be parsed. */
  readonly handler?: string;
}

/**
 * The original message with the cause in its headers: `error-code`, `error-message`, `error-attempts`, `error-handler`,
 * `original-topic`, `original-partition`, `original-offset`. A value so large that the headers might push the message
 * over the broker's limit is dropped; the last three headers say where to find it.
 */
export function toDeadLetter(
  message: ReceivedMessage,
  { group, error, attempts, handler }: DeadLetterCause,
): WireMessage {
  const { topic, partition, offset, key, value, headers } = message;
  const details = {
    'error-code': error instanceof DomainError ? error.reason : error instanceof Error ? error.name : 'Error',
    'error-message': maskPasswords(error instanceof Error ? error.message : String(error)).slice(
      0,
      MAX_ERROR_LENGTH,
    ),
    'error-attempts': String(attempts),
    ...(handler && { 'error-handler': handler }),
    'original-topic': topic,
    'original-partition': String(partition),
    'original-offset': offset,
  };
  const added = Object.fromEntries(Object.entries(details).map(([name, text]) => [name, toLatin1(text)]));
  const kept = value && value.length > MAX_VALUE_BYTES ? null : value;
  return { topic: deadLetterTopic(topic, group), key, value: kept, headers: { ...headers, ...added } };
}
