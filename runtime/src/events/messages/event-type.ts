/** The part of a ts-proto message that turns it into proto3 JSON and back. */
export interface EventCodec<T> {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- what ts-proto generates
  fromJSON(object: any): T;
  toJSON(message: T): unknown;
  /** The binary encoding, which refuses numbers out of range. */
  encode?(message: T): { finish(): Uint8Array };
  decode?(bytes: Uint8Array): T;
}

/** A kind of event: its topic, and the message that each event carries. */
export interface EventType<T> {
  readonly topic: string;
  readonly codec: EventCodec<T>;
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a codec both takes and gives T: nothing else fits all
export type AnyEventType = EventType<any>;

/** `const userCreated = defineEvent('user.created', UserCreated);` */
export function defineEvent<T>(topic: string, codec: EventCodec<T>): EventType<T> {
  return { topic, codec };
}

/** An event as handlers receive it. */
export interface ReceivedEvent<T> {
  /** The same for every delivery of the event. */
  readonly id: string;
  readonly topic: string;
  /** The aggregate's id; events with the same key arrive in the order in which they were published. */
  readonly key: string;
  readonly time: Date;
  /** The service that published it. */
  readonly source: string;
  readonly value: T;
  readonly traceparent?: string;
}
