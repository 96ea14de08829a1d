import { lagsOf } from '../../inspection/topics/describe-topics.js';
import { rangesOf } from '../../inspection/topics/topic-ranges.js';
import { messagesIn } from '../../inspection/topics/lag.js';
import { withDatabase } from '../copy/service-database.js';
import { withBroker } from './read-records.js';
import type { Query, Violation } from '@msx/runtime';
import type { RunningCopy } from '../copy/running-copy.js';
import type { FoundDatabase, FoundService } from '../verdicts/verdict.js';
import type { ServiceVerification } from './load-verifications.js';
import type { Service } from '../../model/system/system.js';
import type { ResourceView } from '../../running/engine/snapshot.js';

/** A deadline that is looked at right after it is due is not overdue. */
const GRACE_MS = 5_000;

/** The state of the services of a copy, their databases and what they have left to consume. */
export async function foundServices(
  copy: RunningCopy,
  verifications: readonly ServiceVerification[],
): Promise<FoundService[]> {
  const [resources, lags] = await Promise.all([copy.resources(), lagsIn(copy)]);
  const selective = new Map(
    verifications.map(({ service, verification }) => [service.name, verification.selective ?? []]),
  );
  return Promise.all(
    copy.system.services.map(async (service) => {
      const { name, consumes } = service;
      const unready = unreadyText(resources.find((resource) => resource.name === name));
      return {
        name,
        ...(unready !== undefined && { unready }),
        lag: Object.fromEntries(consumes.map((topic) => [topic, lags(topic, name)])),
        consumes: consumes.filter((topic) => !selective.get(name)?.includes(topic)),
        ...(service.database && { database: await foundDatabase(service) }),
      };
    }),
  );
}

function unreadyText(resource: ResourceView | undefined): string | undefined {
  if (!resource) return 'it is not running';
  if (resource.phase !== 'ready') return `it is ${resource.phase}`;
  const failing = resource.health?.checks.find(({ ok }) => !ok);
  return failing && `${failing.name}: ${failing.reason ?? 'it fails'}`;
}

/** A group that has not committed anything has all of a topic to consume. */
function lagsIn({ system }: RunningCopy): Promise<(topic: string, group: string) => number> {
  return withBroker(system, async (session) => {
    const existing = await session.admin.listTopics();
    const topics = new Set(system.services.flatMap(({ consumes }) => consumes));
    const ranges = await rangesOf(
      session,
      existing.filter((topic) => topics.has(topic)),
    );
    const lags = await lagsOf(session, ranges);
    return (topic, group) => {
      const lag = lags.get(topic)?.find((each) => each.group === group)?.lag;
      return lag ?? messagesIn(ranges.get(topic) ?? []);
    };
  });
}

/** Its tables of the runtime: a service has only those that it uses. */
const foundDatabase = (service: Service): Promise<FoundDatabase> =>
  withDatabase(service, (query) => {
    const tables = new Set(
      query("SELECT name FROM sqlite_master WHERE type = 'table'").map(({ name }) => name),
    );
    const read = (table: string, sql: string) => (tables.has(table) ? query(sql) : []);
    const violations = (table: string, sql: string) => read(table, sql).map(violationOf);
    const due = `CAST(strftime('%s', 'now') AS INTEGER) * 1000 - ${GRACE_MS}`;
    return {
      inbox: new Set(
        read('inbox', 'SELECT DISTINCT event_id FROM inbox').map((row) => String(row['event_id'])),
      ),
      outbox: violations('outbox', 'SELECT id, topic FROM outbox ORDER BY id LIMIT 20'),
      refused: violations('outbox_refused', 'SELECT id, topic, reason FROM outbox_refused LIMIT 20'),
      overdue: violations(
        'deadlines',
        `SELECT subject, kind FROM deadlines WHERE due_at < ${due} ORDER BY due_at LIMIT 20`,
      ),
    };
  });

/** The first column is the id, the others say what was found. */
export function violationOf(row: ReturnType<Query>[number]): Violation {
  const [[, id] = ['', ''], ...others] = Object.entries(row);
  return { id: String(id), found: others.map(([name, value]) => `${name} ${String(value)}`).join(', ') };
}
