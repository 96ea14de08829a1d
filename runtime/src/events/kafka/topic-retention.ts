import type { Admin } from 'kafkajs';

/** kafkajs exports its values only as CommonJS, and not before they are needed. */
const TOPIC = 2;

const SETTINGS = ['retention.ms', 'segment.ms', 'cleanup.policy'];

/**
 * The longest time, in milliseconds, that a message can stay in one of these topics; Infinity if one of them keeps messages for
 * good. A message is deleted with its segment, which may be open for `segment.ms` after it.
 */
export async function longestStay(admin: Admin, topics: readonly string[]): Promise<number> {
  const resources = topics.map((name) => ({ type: TOPIC, name, configNames: SETTINGS }));
  const described = await admin.describeConfigs({ resources, includeSynonyms: false });
  return Math.max(0, ...described.resources.map(({ configEntries }) => stayOf(configEntries)));
}

interface Setting {
  readonly configName: string;
  readonly configValue: string;
}

function stayOf(settings: readonly Setting[]): number {
  const value = (name: string): string =>
    settings.find(({ configName }) => configName === name)?.configValue ?? '';
  const retention = Number(value('retention.ms'));
  const deletes = value('cleanup.policy').split(',').includes('delete');
  return deletes && retention >= 0 ? retention + Number(value('segment.ms')) : Infinity;
}
