import { allRecords, eventIdOf, withBroker } from './read-records.js';
import type { Findings, FoundRecord, FoundService } from '../verdicts/verdict.js';
import type { DrillRun, Traces } from './drill-run.js';

/** What there is once everything has settled. */
export async function collectFindings(
  { copy, maker, poison, signal }: DrillRun,
  services: readonly FoundService[],
  { handledAgain = {} }: Traces,
): Promise<Findings> {
  const records: Record<string, FoundRecord[]> = {};
  await withBroker(copy.system, async (session) => {
    const topics = (await session.admin.listTopics()).filter((topic) => !topic.startsWith('__'));
    for (const topic of topics)
      records[topic] = (await allRecords(session, topic, signal)).map((record) => ({
        id: eventIdOf(record),
        key: String(record.key ?? ''),
      }));
  });
  return { announced: maker.announced, refused: maker.refused, records, services, poison, handledAgain };
}
