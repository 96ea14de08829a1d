import type { WireMessage } from './wire-message.js';

/**
 * The limits of a message, for what is published and for what is received. Together with the headers of a dead letter they stay
 * below the broker's default limit for a partition's batch (message.max.bytes, 1 MiB), so that every dead letter can be sent.
 */
export const MAX_KEY_BYTES = 4096;
export const MAX_VALUE_BYTES = 900 * 1024;
export const MAX_HEADERS = 64;
/** Names and values of all headers. */
export const MAX_HEADER_BYTES = 32 * 1024;

/** The size of a message in Kafka, without the few bytes of its framing. */
export function bytesOf({ key, value, headers }: Omit<WireMessage, 'topic'>): number {
  return (key?.length ?? 0) + (value?.length ?? 0) + headerBytesOf(headers);
}

function headerBytesOf(headers: WireMessage['headers']): number {
  return headers.reduce((sum, [name, value]) => sum + Buffer.byteLength(name) + (value?.length ?? 0), 0);
}

/** What is too large about a message, such as `the key has 5000 bytes; the limit is 4096`; undefined if nothing is. */
export function excessOf({ key, value, headers }: Omit<WireMessage, 'topic'>): string | undefined {
  const sizes: [what: string, size: number, limit: number, unit: string][] = [
    ['the key has', key?.length ?? 0, MAX_KEY_BYTES, 'bytes'],
    ['the value has', value?.length ?? 0, MAX_VALUE_BYTES, 'bytes'],
    ['there are', headers.length, MAX_HEADERS, 'headers'],
    ['the headers have', headerBytesOf(headers), MAX_HEADER_BYTES, 'bytes'],
  ];
  const found = sizes.find(([, size, limit]) => size > limit);
  return found && `${found[0]} ${found[1]} ${found[3]}; the limit is ${found[2]}`;
}
