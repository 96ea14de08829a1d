import { randomBytes } from 'node:crypto';
import { Kafka, logLevel } from 'kafkajs';
import { Client } from 'pg';
import { serviceNames, topics, type Infrastructure } from './servers.js';

const { TEST_POSTGRES_URL: postgres, TEST_KAFKA: kafka } = process.env;

/**
 * Runs `work` with a PostgreSQL and a Kafka, if TEST_POSTGRES_URL and TEST_KAFKA name them: with new databases, which are
 * dropped afterwards, and without the topics and groups of an earlier run.
 */
export async function* withExternal<T>(
  work: (external: Infrastructure) => AsyncGenerator<T>,
): AsyncGenerator<T> {
  if (!postgres || !kafka) {
    console.log('  without TEST_POSTGRES_URL and TEST_KAFKA, PostgreSQL and Kafka are not measured');
    return;
  }
  const suffix = randomBytes(4).toString('hex');
  const databases = Object.fromEntries(
    serviceNames.map((name) => [name, `${name.replace('-', '_')}_${suffix}`]),
  );
  await emptyKafka(kafka);
  await administer(Object.values(databases).map((name) => `CREATE DATABASE ${name}`));
  const urls = Object.entries(databases).map(([service, name]) => [service, urlOf(name)] as const);
  try {
    yield* work({ kafka, databases: Object.fromEntries(urls) });
  } finally {
    await administer(Object.values(databases).map((name) => `DROP DATABASE ${name} WITH (FORCE)`));
  }
}

function urlOf(database: string): string {
  return Object.assign(new URL(postgres!), { pathname: `/${database}` }).toString();
}

async function administer(statements: string[]): Promise<void> {
  const client = new Client({ connectionString: postgres });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}

async function emptyKafka(broker: string): Promise<void> {
  const admin = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const existing = await admin.listTopics();
    await admin.deleteTopics({ topics: existing.filter((topic) => topics.includes(topic)) });
    const { groups } = await admin.listGroups();
    const own = groups.map(({ groupId }) => groupId).filter((id) => serviceNames.includes(id));
    if (own.length > 0) await admin.deleteGroups(own);
  } finally {
    await admin.disconnect();
  }
}
