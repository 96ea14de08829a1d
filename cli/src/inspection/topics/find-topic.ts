import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import type { KafkaSession } from '../kafka/kafka-session.js';

/** Checks that topics exist. Throws TOPIC_MISSING for the first that does not. */
export async function findTopics({ admin, address }: KafkaSession, topics: readonly string[]): Promise<void> {
  const known = await admin.listTopics();
  const missing = topics.find((topic) => !known.includes(topic));
  if (missing === undefined) return;
  const similar = closest(missing, known);
  throw new MsxError('TOPIC_MISSING', { topic: missing, address, ...(similar && { similar }) });
}
