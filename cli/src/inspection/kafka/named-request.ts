import { kafkaError } from './kafka-error.js';
import type { RequestName } from './kafka-error.js';
import type { KafkaSession } from './kafka-session.js';

/** A request whose refusal says what was refused. Throws KAFKA_REFUSED, KAFKA_DENIED, KAFKA_UNREACHABLE. */
export async function namedRequest<T>(
  { address }: KafkaSession,
  name: RequestName,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw kafkaError(error, address, name);
  }
}
