import { escapeControls } from '../../terminal/text/escape-controls.js';
import type { IHeaders } from 'kafkajs';

/** A record that was read. */
export interface TopicRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** In milliseconds since 1970. */
  readonly timestamp: number;
  readonly key: Buffer | null;
  /** Null is a tombstone: it deletes the key from a compacted topic. */
  readonly value: Buffer | null;
  readonly headers: IHeaders;
}

const decoder = new TextDecoder('utf-8', { fatal: true });

/** Bytes as text; those that are not UTF-8 in base64. */
export function textOf(bytes: Buffer | null): { text: string; isBinary: boolean } | null {
  if (bytes === null) return null;
  try {
    return { text: decoder.decode(bytes), isBinary: false };
  } catch {
    return { text: bytes.toString('base64'), isBinary: true };
  }
}

/** The headers as texts, in order; a header may occur more than once. */
export const headersOf = ({ headers }: TopicRecord): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) =>
    [value ?? ''].flat().map((one): [string, string] => [name, String(one)]),
  );

/** One line of JSON. A value that is JSON is printed as it was written, so that no number loses digits. */
export function recordJson(record: TopicRecord, problem?: string): string {
  const { topic, partition, offset, timestamp } = record;
  const key = textOf(record.key);
  const facts = {
    ...{ topic, partition, offset, timestamp: timeText(timestamp) },
    key: key && key.text,
    ...(key?.isBinary && { keyEncoding: 'base64' }),
    headers: Object.fromEntries(headersOf(record)),
    ...(problem !== undefined && { problem }),
  };
  const value = textOf(record.value);
  const encoding = value?.isBinary ? ',"valueEncoding":"base64"' : '';
  return escapeControls(`${JSON.stringify(facts).slice(0, -1)},"value":${valueJson(value)}${encoding}}`);
}

function valueJson(value: ReturnType<typeof textOf>): string {
  if (value === null) return 'null';
  return !value.isBinary && isJson(value.text)
    ? value.text.replace(/[\r\n\t]+/g, ' ')
    : JSON.stringify(value.text);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** A producer may set any timestamp, also one beyond the range of dates. */
export const timeText = (ms: number): string =>
  Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : String(ms);
