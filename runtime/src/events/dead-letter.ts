import { DomainError } from '../errors/domain-error.js';
import { maskPasswords } from '../logs/serialize-error.js';
import { MAX_VALUE_BYTES } from './outbox.js';
import { toLatin1 } from './wire-message.js';
import type { ReceivedMessage, WireMessage } from './wire-message.js';

const MAX_ERROR_LENGTH = 1000;

export function deadLetterTopic(topic: string, group: string): string {
  return `${topic}.${group}.dlq`;
}

export interface Death {
  readonly group: string;
  readonly error: unknown;
  readonly attempts: number;
  /** Which handler gave up; undefined when the message could not even be read. */
  readonly handler?: string;
}

/**
 * The message as it was, with what happened to it in headers: `error-code`, `error-message`, `error-attempts`,
 * `error-handler`, `original-topic`, `original-partition`, `original-offset`. A value so large that the headers might
 * push the message over the broker's limit is left where the latter three say it is.
 */
export function toDeadLetter(
  message: ReceivedMessage,
  { group, error, attempts, handler }: Death,
): WireMessage {
  const { topic, partition, offset, key, value, headers } = message;
  const about = {
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
  const added = Object.fromEntries(Object.entries(about).map(([name, text]) => [name, toLatin1(text)]));
  const kept = value && value.length > MAX_VALUE_BYTES ? null : value;
  return { topic: deadLetterTopic(topic, group), key, value: kept, headers: { ...headers, ...added } };
}
