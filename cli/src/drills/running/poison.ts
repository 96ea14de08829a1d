import { eventMessageOf } from '../../inspection/topics/event-contract.js';
import { produceRecords } from '../../inspection/topics/produce-records.js';
import { messagesFrom } from './messages-from.js';
import { withBroker } from './read-records.js';
import type { System } from '../../model/system/system.js';
import type { Drill, DrillRun } from './drill-run.js';

/** Values that no contract allows: bytes that are not UTF-8, text that is not JSON, JSON that is not an object. */
const UNREADABLE = [Buffer.from([0xff, 0xfe, 0x00]), Buffer.from('not JSON'), Buffer.from('[]')];

/** Sends messages that cannot be read to every consumed topic, between changes. */
export const poison: Drill = async (run) => {
  const half = Math.ceil(run.plan.changes / 2);
  await run.maker.make(half);
  await withBroker(run.copy.system, async (session) => {
    for (const topic of await session.admin.listTopics()) {
      const consumers = run.copy.system.services.filter(({ consumes }) => consumes.includes(topic));
      if (consumers.length === 0) continue;
      const messages = poisonOf(run, topic);
      await produceRecords(session, topic, messagesFrom(messages));
      const groups = consumers.map(({ name }) => name);
      run.poison.push(...messages.map(({ headers: { ce_id: id } }) => ({ id, topic, groups })));
    }
  });
  await run.maker.make(run.plan.changes - half);
  return {};
};

function poisonOf({ plan, copy }: DrillRun, topic: string) {
  const values = [...UNREADABLE, wrongField(copy.system, topic)];
  return values.map((value, n) => ({
    key: `poison-${n}`,
    value,
    headers: { ce_id: `poison-${plan.seed}-${topic}-${n}` },
  }));
}

/** A list of lists is not a value of any field. */
function wrongField(system: System, topic: string): Buffer {
  const field = eventMessageOf(system, topic)?.message.fields[0]?.jsonName ?? 'id';
  return Buffer.from(JSON.stringify({ [field]: [[[]]] }));
}
