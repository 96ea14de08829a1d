import type { EventType, ReceivedEvent } from './event-type.js';
import { excessOf } from './message-limits.js';
import { parseProtoJson } from './proto-json.js';
import { withoutReplayHeaders } from './replay-headers.js';
import { fromLatin1, toHeaders } from './wire-message.js';
import type { ReceivedMessage, WireMessage } from './wire-message.js';
import { parseDateTime } from '../../validation/date-time.js';

export interface NewEvent<T> {
  readonly id: string;
  readonly key: string;
  readonly source: string;
  readonly time: Date;
  readonly value: T;
  readonly traceparent?: string;
}

/** A message that can never be parsed, however often it is delivered. */
export class PoisonMessageError extends Error {
  override readonly name = 'PoisonMessageError';
}

/** CloudEvents 1.0, Kafka protocol binding, binary content mode (3.2): attributes are headers, data is the value. */
export function encodeEvent<T>({ topic, codec }: EventType<T>, event: NewEvent<T>): WireMessage {
  const attributes = {
    ce_specversion: '1.0',
    ce_id: event.id,
    ce_type: topic,
    ce_source: event.source,
    ce_time: event.time.toISOString(),
    'content-type': 'application/json',
    ...(event.traceparent && { traceparent: event.traceparent }),
  };
  return {
    topic,
    key: Buffer.from(event.key),
    value: Buffer.from(JSON.stringify(codec.toJSON(event.value))),
    headers: toHeaders(attributes),
  };
}

/** The first header of this name, as text. */
export function headerOf({ headers }: Pick<WireMessage, 'headers'>, name: string): string | undefined {
  const value = headers.find(([own]) => own === name)?.[1];
  return value == null ? undefined : fromLatin1(value);
}

/** The id of an event. One without an id, which a foreign producer may have sent, is identified by its offset. */
export function eventIdOf(message: ReceivedMessage): string {
  const { topic, partition, offset } = message;
  return headerOf(message, 'ce_id') || `${topic}/${partition}/${offset}`;
}

/**
 * Decodes an event.
 * @throws PoisonMessageError
 */
export function decodeEvent<T>({ codec }: EventType<T>, message: ReceivedMessage): ReceivedEvent<T> {
  const excess = excessOf({ ...message, headers: withoutReplayHeaders(message.headers) });
  if (excess) throw new PoisonMessageError(`Too large: ${excess}`);
  const header = (name: string): string | undefined => headerOf(message, name);
  return {
    id: eventIdOf(message),
    topic: message.topic,
    key: message.key?.toString('utf8') ?? '',
    time: timeOf(header('ce_time'), message.timestamp),
    source: header('ce_source') ?? '',
    value: decodeValue(codec, message.value),
    traceparent: header('traceparent'),
  };
}

function timeOf(text: string | undefined, timestamp: number): Date {
  return parseDateTime(text ?? '') ?? new Date(timestamp);
}

function decodeValue<T>(codec: EventType<T>['codec'], value: Buffer | null): T {
  try {
    return parseProtoJson(codec, value ?? Buffer.alloc(0));
  } catch (error) {
    throw new PoisonMessageError(`Not a message of this topic: ${(error as Error).message}`, {
      cause: error,
    });
  }
}
