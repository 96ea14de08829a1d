import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWhere } from '../../../checks/skipping.fixture.js';
import { EmbeddedBroker } from '../embedded.fixture.js';
import { hasKafka, RealKafka, WITHOUT_KAFKA } from '../infra.fixture.js';
import { recordResult } from '../../record-result.fixture.js';
import { clientNames, Clients, type ClientName, type Outcomes } from './clients.fixture.js';
import { difference } from './compare.fixture.js';
import { allScenarios } from './scenarios/all-scenarios.fixture.js';

jest.setTimeout(600_000);

const port = Number(process.env.KAFKA_DIFFERENTIAL_PORT ?? 31_760);

/** The older Kafka, which is compared in the long version. */
const compareOlder = process.env.KAFKA_DIFFERENTIAL_FULL !== undefined;

const VERSIONS = {
  java: { client: 'Apache Kafka (Java)', version: '4.3.1' },
  kafkajs: { client: 'kafkajs', version: '2.2.4' },
  platformatic: { client: '@platformatic/kafka', version: '1.35.0' },
} as const;

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

const replaced = (all: Outcomes, some: Outcomes): Outcomes => ({
  java: new Map([...all.java, ...some.java]),
  kafkajs: new Map([...all.kafkajs, ...some.kafkajs]),
  platformatic: new Map([...all.platformatic, ...some.platformatic]),
});

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
    embedded = await onEmbedded(clients);
    kafka = await onRealKafka('kraft', clients);
    const different = new Set(
      clientNames.flatMap((client) => Object.keys(differences(client, kafka, embedded))),
    );
    if (different.size > 0) await repeat(clients, different);
    older = compareOlder ? await onRealKafka('zk', clients) : undefined;
  });

  /** What a client sees may depend on the moment, on both brokers: only what differs a second time counts. */
  async function repeat(clients: Clients, names: ReadonlySet<string>) {
    embedded = replaced(embedded, await onEmbedded(clients, names));
    kafka = replaced(kafka, await onRealKafka('kraft', clients, names));
  }

  async function onEmbedded(clients: Clients, names?: ReadonlySet<string>): Promise<Outcomes> {
    const data = mkdtempSync(join(tmpdir(), 'embedded-'));
    const broker = await EmbeddedBroker.start(data);
    try {
      return await clients.outcomes(broker.port, names);
    } finally {
      await broker.stop();
      rmSync(data, { recursive: true });
    }
  }

  async function onRealKafka(
    kind: 'kraft' | 'zk',
    clients: Clients,
    names?: ReadonlySet<string>,
  ): Promise<Outcomes> {
    const real = RealKafka.start(kind, port);
    try {
      return await clients.outcomes(real.port, names);
    } finally {
      real.stop();
    }
  }

  afterAll(() => {
    if (!kafka || !embedded) return;
    recordDifferences();
    for (const client of clientNames) {
      const total = [...kafka[client].values()].filter(({ results }) => results).length;
      const passed = total - Object.keys(differences(client, kafka, embedded)).length;
      recordResult({ suite: 'as Apache Kafka 4.3.1', ...VERSIONS[client], passed, total });
    }
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
