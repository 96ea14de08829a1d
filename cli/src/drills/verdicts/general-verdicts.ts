import type { Violation } from '@msx/runtime';
import { deadLetterTopic } from '../../model/system/service-environment.js';
import type { Findings, FoundService, Verdict } from './verdict.js';

/** The invariants that hold in every system. */
export function generalVerdicts(findings: Findings): Verdict[] {
  return [
    readiness(findings),
    acknowledgement(findings),
    publication(findings),
    consumption(findings),
    handling(findings),
    repetition(findings),
    letters(findings),
    ...findings.services.flatMap(databaseVerdicts),
  ];
}

const readiness = ({ services }: Findings): Verdict => ({
  invariant: 'services are ready',
  expected: 'every service is ready again',
  violations: services.flatMap(({ name, unready }) => (unready ? [{ id: name, found: unready }] : [])),
});

const acknowledgement = ({ refused }: Findings): Verdict => ({
  invariant: 'changes are acknowledged',
  expected: 'each change is acknowledged when its client tries again',
  violations: refused,
});

const publication = ({ announced, records }: Findings): Verdict => ({
  invariant: 'changes are published',
  expected: 'each acknowledged change has its event in its topic',
  violations: announced
    .filter(({ topic, key }) => !records[topic]?.some((record) => record.key === key))
    .map(({ topic, key }) => ({ id: key, found: `no event in ${topic}` })),
});

const consumption = ({ services }: Findings): Verdict => ({
  invariant: 'topics are consumed',
  expected: 'no service has messages left to consume',
  violations: services.flatMap(({ name, lag }) =>
    Object.entries(lag)
      .filter(([, count]) => count > 0)
      .map(([topic, count]) => ({ id: name, found: `${count} messages of ${topic} are left` })),
  ),
});

const handling = (findings: Findings): Verdict => ({
  invariant: 'events are handled',
  expected: 'each event of a consumed topic is in the inbox of each service that consumes it',
  violations: findings.services.flatMap((service) => unhandled(service, findings)),
});

function unhandled({ name, consumes, database }: FoundService, { records, poison }: Findings): Violation[] {
  if (!database) return [];
  const refused = new Set(poison.map(({ id }) => id));
  return consumes.flatMap((topic) => {
    const ids = new Set(records[topic]?.map(({ id }) => id));
    return [...ids]
      .filter((id) => !database.inbox.has(id) && !refused.has(id))
      .map((id) => ({ id, found: `${name} has no inbox entry for this event of ${topic}` }));
  });
}

const repetition = ({ handledAgain }: Findings): Verdict => ({
  invariant: 'events are handled once',
  expected: 'an event that is delivered again is dropped as a duplicate',
  violations: Object.entries(handledAgain)
    .filter(([, count]) => count > 0)
    .map(([topic, count]) => ({ id: topic, found: `${count} events were handled again` })),
});

const letters = ({ records, poison, services }: Findings): Verdict => {
  const expected = poison.flatMap(({ id, topic, groups }) =>
    groups.map((group) => ({ id, topic: deadLetterTopic(topic, group) })),
  );
  const missing = expected.filter(({ id, topic }) => !records[topic]?.some((record) => record.id === id));
  const groups = services.map(({ name }) => name);
  const found = Object.entries(records).filter(([topic]) =>
    groups.some((name) => topic.endsWith(deadLetterTopic('', name))),
  );
  const refused = new Set(poison.map(({ id }) => id));
  const unexpected = found.flatMap(([topic, own]) =>
    own.filter(({ id }) => !refused.has(id)).map(({ id }) => ({ id, found: `a dead letter in ${topic}` })),
  );
  return {
    invariant: 'dead letters are explained',
    expected: 'each message that cannot be read, and no other, is a dead letter',
    violations: [
      ...missing.map(({ id, topic }) => ({ id, found: `no dead letter in ${topic}` })),
      ...unexpected,
    ],
  };
};

function databaseVerdicts({ name: service, database }: FoundService): Verdict[] {
  if (!database) return [];
  const { outbox, refused, overdue } = database;
  return [
    {
      ...{ invariant: 'the outbox is empty', service },
      expected: 'every event is published, and Kafka refused none',
      violations: [...outbox, ...refused],
    },
    {
      ...{ invariant: 'nothing is overdue', service },
      expected: 'nothing is unfinished beyond its deadline',
      violations: overdue,
    },
  ];
}
