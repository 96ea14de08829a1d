import type { DecodedRecord } from '../records/decode-records.js';
import type { NewRecord } from '../records/encode-batch.js';

/** A message as a test reads it: keys, values and headers as text. */
export interface Message {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
  readonly keyBytes: Buffer | null;
  readonly valueBytes: Buffer | null;
}

/** A message to produce. A text is a message with this value. */
export type NewMessage =
  | string
  | {
      readonly key?: string | Buffer | null;
      /** Null is a tombstone. */
      readonly value: string | Buffer | null;
      readonly headers?: Readonly<Record<string, string | Buffer>>;
      /** By default, messages with the same key are in the same partition, and those without are in turn. */
      readonly partition?: number;
      readonly timestamp?: number;
    };

export const messageFrom = (record: DecodedRecord, topic: string, partition: number): Message => ({
  topic,
  partition,
  offset: record.offset,
  timestamp: record.timestamp,
  key: record.key?.toString() ?? null,
  value: record.value?.toString() ?? null,
  headers: Object.fromEntries(record.headers.map(([name, value]) => [name, value?.toString() ?? ''])),
  keyBytes: record.key,
  valueBytes: record.value,
});

export const recordFrom = (message: NewMessage, now: number): NewRecord => {
  const { key, value, headers = {}, timestamp = now } = fullMessage(message);
  return {
    key: bytesOf(key ?? null),
    value: bytesOf(value),
    headers: Object.entries(headers).map(([name, content]) => [name, Buffer.from(content as string)]),
    timestamp,
  };
};

export const fullMessage = (message: NewMessage): Exclude<NewMessage, string> =>
  typeof message === 'string' ? { value: message } : message;

const bytesOf = (content: string | Buffer | null): Buffer | null =>
  content === null ? null : Buffer.from(content as string);
