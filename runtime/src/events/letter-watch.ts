import type { ServiceContext } from '../context/service-context.js';
import { sharedRead } from '../metrics/shared-read.js';
import { deadLetterTopic } from './consuming/dead-letter.js';
import { letterNotice } from './consuming/letter-notice.js';
import type { LetterRegister } from './consuming/letter-register.js';
import type { KafkaConnection } from './kafka/kafka-connection.js';

const OPEN = {
  name: 'dead_letters',
  help: 'Number of dead letters that nobody has replayed or dropped, by dead-letter topic.',
  labels: ['topic'],
};

const OLDEST = {
  name: 'dead_letter_oldest_age_seconds',
  help: 'Age of the oldest of these dead letters.',
  labels: ['topic'],
};

const SECOND_MS = 1000;

/** The dead-letter topics of a group that consumes these topics. */
export const deadLetterTopics = (topics: readonly string[], group: string): string[] =>
  topics.map((topic) => deadLetterTopic(topic, group));

/** Shows the open dead letters in metrics and health: the service works without them, but somebody has to decide. */
export function showLetters({ metrics, health }: ServiceContext, register: LetterRegister): void {
  const open = sharedRead(() => register.open());
  metrics.gauge(OPEN, async () =>
    (await open()).map(({ topic, count }) => ({ labels: { topic }, value: count })),
  );
  metrics.gauge(OLDEST, async () =>
    (await open()).map(({ topic, oldest }) => ({
      labels: { topic },
      value: Math.max(0, Date.now() - oldest) / SECOND_MS,
    })),
  );
  health.noticeWhile('dead letters', async () => letterNotice(await register.open()));
}

/** Forgets letters that are gone from their topics; what fails now succeeds the next time. */
export async function pruneLetters(
  register: LetterRegister,
  kafka: KafkaConnection,
  topics: readonly string[],
): Promise<void> {
  await register.prune(() => kafka.ranges(topics)).catch(() => undefined);
}
