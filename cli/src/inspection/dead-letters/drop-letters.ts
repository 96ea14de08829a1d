import { withProducer } from './letter-producer.js';
import { markMessage } from './letter-mark.js';
import type { KafkaSession } from '../kafka/kafka-session.js';
import type { ChosenLetters } from './choose-letters.js';

const MAX_BATCH = 500;

/** Marks letters as dropped. Throws KAFKA_REFUSED, KAFKA_UNREACHABLE. */
export async function dropLetters(
  session: KafkaSession,
  chosen: readonly ChosenLetters[],
  by: string,
): Promise<void> {
  const time = new Date().toISOString();
  await withProducer(session, async (producer) => {
    for (const { topic, letters } of chosen) {
      const marks = letters.map(({ id, place }) =>
        markMessage({ letter: id, mark: 'dropped', by, time }, place.partition),
      );
      for (let at = 0; at < marks.length; at += MAX_BATCH)
        await producer.send({ topic: topic.name, messages: marks.slice(at, at + MAX_BATCH), acks: -1 });
    }
  });
}
