import { produceRecords } from '../../inspection/topics/produce-records.js';
import { randomSource, shuffled } from '../plan/random.js';
import { handledCounts } from './drill-run.js';
import { messagesFrom } from './messages-from.js';
import { allRecords, withBroker } from './read-records.js';
import { settle } from './settle.js';
import type { Drill, DrillRun } from './drill-run.js';

/** Delivers all events again: at once, and after the services that consume them have started again. */
export const deliveredAgain: Drill = async (run) => {
  const { plan, copy, maker } = run;
  await maker.make(plan.changes);
  await settle(run);
  const again: Record<string, number> = {};
  const count = async () => {
    const before = await handledCounts(copy);
    await produceAgain(run);
    await settle(run);
    for (const [what, handled] of await handledCounts(copy))
      again[what] = (again[what] ?? 0) + handled - (before.get(what) ?? 0);
  };
  await count();
  for (const { name, consumes } of copy.system.services) if (consumes.length > 0) await copy.kill(name);
  await settle(run);
  await count();
  return { handledAgain: again };
};

/** The events keep their ids; their order changes. */
async function produceAgain({ plan, copy, signal }: DrillRun): Promise<void> {
  const random = randomSource(plan.seed, 'order of delivery');
  const topics = new Set(copy.system.services.flatMap(({ consumes }) => consumes));
  await withBroker(copy.system, async (session) => {
    const existing = await session.admin.listTopics();
    for (const topic of existing.filter((name) => topics.has(name))) {
      const records = await allRecords(session, topic, signal);
      const messages = records.map(({ key, value, headers }) => ({ key, value, headers }));
      await produceRecords(session, topic, messagesFrom(shuffled(messages, random)));
    }
  });
}
