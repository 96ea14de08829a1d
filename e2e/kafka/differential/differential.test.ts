import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWhere } from '../../../checks/skipping.fixture.js';
import { EmbeddedBroker } from '../embedded.fixture.js';
import { hasKafka, RealKafka, WITHOUT_KAFKA } from '../infra.fixture.js';
import { recordResults } from '../results.fixture.js';
import { clientNames, Clients, type ClientName, type Outcomes } from './clients.fixture.js';
import { difference } from './compare.fixture.js';
import { allScenarios } from './scenarios/all-scenarios.fixture.js';

jest.setTimeout(600_000);

const port = Number(process.env.KAFKA_DIFFERENTIAL_PORT ?? 31_760);

/** The older Kafka, which is compared in the long version. */
const compareOlder = process.env.KAFKA_DIFFERENTIAL_FULL !== undefined;

/** The names of scenarios that the two brokers answer differently, with the reason. */
type Listed = Readonly<Record<string, Readonly<Partial<Record<ClientName, string>>>>>;
const read = (file: string) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Listed;

function differences(client: ClientName, kafka: Outcomes, other: Outcomes): Record<string, string> {
  const found = [...kafka[client].values()].flatMap((outcome) => {
    const reason = difference(outcome, other[client].get(outcome.name));
    return reason === undefined ? [] : [[outcome.name, reason] as const];
  });
  return Object.fromEntries(found);
}

const known = (file: string, client: ClientName) =>
  Object.entries(read(file))
    .filter(([, reasons]) => reasons[client])
    .map(([name]) => name);

describeWhere(hasKafka, WITHOUT_KAFKA)('scenarios', () => {
  let kafka: Outcomes;
  let embedded: Outcomes;
  let older: Outcomes | undefined;

  beforeAll(async () => {
    const clients = new Clients();
    const data = mkdtempSync(join(tmpdir(), 'embedded-'));
    const broker = await EmbeddedBroker.start(data);
    embedded = await clients.outcomes(broker.port).finally(() => broker.stop());
    rmSync(data, { recursive: true });
    kafka = await onRealKafka('kraft', clients);
    older = compareOlder ? await onRealKafka('zk', clients) : undefined;
  });

  async function onRealKafka(kind: 'kraft' | 'zk', clients: Clients): Promise<Outcomes> {
    const real = RealKafka.start(kind, port);
    try {
      return await clients.outcomes(real.port);
    } finally {
      real.stop();
    }
  }

  afterAll(() => {
    if (!kafka || !embedded) return;
    recordDifferences();
    recordResults(
      'differential',
      clientNames.map((client) => {
        const total = [...kafka[client].values()].filter(({ results }) => results).length;
        return { client, total, passed: total - Object.keys(differences(client, kafka, embedded)).length };
      }),
    );
  });

  /** For those who look into them: `KAFKA_DIFFERENCES=FILE`. */
  function recordDifferences() {
    const found = clientNames.map((client) => [client, differences(client, kafka, embedded)]);
    const file = process.env.KAFKA_DIFFERENCES;
    if (file) writeFileSync(file, JSON.stringify(Object.fromEntries(found), null, 2));
  }

  it.each(clientNames)('run to their end on Apache Kafka with %s', (client) => {
    const failed = [...kafka[client].values()].filter((outcome) => outcome.failed);
    expect(failed).toEqual([]);
    expect([...kafka[client].keys()].sort()).toEqual(allScenarios.map(({ name }) => name).sort());
  });

  it.each(clientNames)('are answered by the embedded broker as by Apache Kafka, with %s', (client) => {
    const found = differences(client, kafka, embedded);
    const unknown = Object.entries(found).filter(
      ([name]) => !known('known-differences.json', client).includes(name),
    );
    expect(Object.fromEntries(unknown)).toEqual({});
  });

  it.each(clientNames)('are listed as different only if they are, with %s', (client) => {
    const found = differences(client, kafka, embedded);
    expect(known('known-differences.json', client).filter((name) => !(name in found))).toEqual([]);
  });

  const each = compareOlder ? it.each(clientNames) : it.skip.each(clientNames);
  each(
    'differ on Kafka 3.9 where listed, with %s (skipped: KAFKA_DIFFERENTIAL_FULL is not set)',
    (client) => {
      const found = differences(client, kafka, older!);
      const listed = known('changed-since-3.9.json', client);
      expect(Object.entries(found).filter(([name]) => !listed.includes(name))).toEqual([]);
    },
  );
});

describe('a comparison', () => {
  const outcome = (...results: unknown[]) => ({ name: 'a', results });

  it('is of everything but the words of errors', () => {
    const kafka = outcome('done', { t: 'InvalidTopicException: no' });
    expect(difference(kafka, outcome('done', { t: 'InvalidTopicException: never' }))).toBeUndefined();
    expect(difference(kafka, outcome('done', { t: 'InvalidConfigException: no' }))).toContain('step 2');
    expect(difference(kafka, outcome('done'))).toContain('step 2');
    expect(difference(kafka, undefined)).toContain('nothing');
  });

  it('leaves out what a client cannot do', () => {
    expect(difference({ name: 'a', unsupported: 'no snappy' }, undefined)).toBeUndefined();
  });
});
