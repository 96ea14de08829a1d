import type { KafkaMessage } from 'kafkajs';
import type { ReceivedMessage, WireHeaders } from './wire-message.js';

type KafkaHeader = Buffer | string | null | undefined;

/** Converts a message from kafkajs, with its topic and partition. */
export function toReceived(
  { topic, partition }: { readonly topic: string; readonly partition: number },
  { key, value, offset, timestamp, headers }: KafkaMessage,
): ReceivedMessage {
  return {
    topic,
    partition,
    offset,
    timestamp: Number(timestamp),
    key,
    value,
    headers: headersOf(headers),
  };
}

function headersOf(headers: KafkaMessage['headers'] = {}): WireHeaders {
  return Object.entries(headers).flatMap(([name, value]) => {
    const values: KafkaHeader[] = Array.isArray(value) ? value : [value];
    return values.map((one) => [name, latin1Of(one)] as const);
  });
}

function latin1Of(value: KafkaHeader): string | null {
  return typeof value === 'string' ? value : (value?.toString('latin1') ?? null);
}
