import type { Admin } from 'kafkajs';

/** A setting of a topic. */
export interface TopicSetting {
  readonly name: string;
  readonly value: string;
  /** Whether it is the default of the broker, and not set for this topic. */
  readonly isDefault: boolean;
}

const TOPIC = 2;
/** ConfigSource of KIP-226: set for this topic. */
const TOPIC_CONFIG = 1;

interface Entry {
  readonly configName: string;
  readonly configValue: string | null;
  readonly configSource?: number;
  readonly isDefault?: boolean;
}

/** The settings of each of these topics, sorted by name. */
export async function settingsOf(
  admin: Admin,
  topics: readonly string[],
): Promise<Map<string, TopicSetting[]>> {
  if (topics.length === 0) return new Map();
  const { resources } = await admin.describeConfigs({
    resources: topics.map((name) => ({ type: TOPIC, name })),
    includeSynonyms: false,
  });
  return new Map(
    resources.map(({ resourceName, configEntries }) => [
      resourceName,
      (configEntries as Entry[]).map(toSetting).sort((a, b) => (a.name < b.name ? -1 : 1)),
    ]),
  );
}

const toSetting = ({ configName, configValue, configSource, isDefault = false }: Entry): TopicSetting => ({
  name: configName,
  value: configValue ?? '',
  isDefault: configSource === undefined ? isDefault : configSource !== TOPIC_CONFIG,
});
