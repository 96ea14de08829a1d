/**
 * Headers of a Kafka message, in their order: a name may repeat, and a value may be null. Each value holds one byte per
 * character (latin1), so that any bytes are preserved.
 */
export type WireHeaders = readonly (readonly [name: string, value: string | null])[];

/** A message to be sent to Kafka. */
export interface WireMessage {
  readonly topic: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: WireHeaders;
}

/** A message received from Kafka. */
export interface ReceivedMessage extends WireMessage {
  readonly partition: number;
  readonly offset: string;
  /** When it was appended, in milliseconds since 1970. */
  readonly timestamp: number;
}

function toLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function fromLatin1(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}

/** Headers with texts as values. */
export function toHeaders(texts: Readonly<Record<string, string>>): WireHeaders {
  return Object.entries(texts).map(([name, text]) => [name, toLatin1(text)] as const);
}
