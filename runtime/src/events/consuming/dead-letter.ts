import { DomainError } from '../../errors/domain-error.js';
import { maskPasswords } from '../../logs/serialize-error.js';
import { MAX_HEADER_BYTES, MAX_HEADERS, MAX_KEY_BYTES, MAX_VALUE_BYTES } from '../messages/message-limits.js';
import { toHeaders } from '../messages/wire-message.js';
import type { ReceivedMessage, WireHeaders, WireMessage } from '../messages/wire-message.js';

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
 * `original-topic`, `original-partition`, `original-offset`. It always fits into Kafka: what is too large is cut and named in
 * `error-cut` (`key`, `value`, `headers`); the last three headers say where to find all of it.
 */
export function toDeadLetter(
  message: ReceivedMessage,
  { group, error, attempts, handler }: DeadLetterCause,
): WireMessage {
  const { topic, partition, offset } = message;
  const { key, value, headers, cut } = fitting(message);
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
    ...(cut.length > 0 && { 'error-cut': cut.join() }),
  };
  return { topic: deadLetterTopic(topic, group), key, value, headers: [...headers, ...toHeaders(details)] };
}

function fitting({ key, value, headers }: ReceivedMessage) {
  const kept = {
    key: key && key.length > MAX_KEY_BYTES ? key.subarray(0, MAX_KEY_BYTES) : key,
    value: value && value.length > MAX_VALUE_BYTES ? null : value,
    headers: firstHeaders(headers),
  };
  const cut = [
    ...(kept.key !== key ? ['key'] : []),
    ...(kept.value !== value ? ['value'] : []),
    ...(kept.headers.length < headers.length ? ['headers'] : []),
  ];
  return { ...kept, cut };
}

/** Those within the limits, in their order; one that does not fit does not exclude those after it. */
function firstHeaders(headers: WireHeaders): WireHeaders {
  let bytes = 0;
  return headers
    .filter(([name, value]) => {
      const size = Buffer.byteLength(name) + (value?.length ?? 0);
      if (bytes + size > MAX_HEADER_BYTES) return false;
      bytes += size;
      return true;
    })
    .slice(0, MAX_HEADERS);
}
