import type { KafkaMessage } from 'kafkajs';
import type { ReceivedMessage } from './wire-message.js';

/** Converts a message from kafkajs, with its topic and partition. */
export function toReceived(
  { topic, partition }: { readonly topic: string; readonly partition: number },
  message: KafkaMessage,
): ReceivedMessage {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return [name, typeof first === 'string' ? first : (first?.toString('latin1') ?? '')] as const;
  });
  const { key, value, offset, timestamp } = message;
  return {
    topic,
    partition,
    offset,
    timestamp: Number(timestamp),
    key,
    value,
    headers: Object.fromEntries(headers),
  };
}
