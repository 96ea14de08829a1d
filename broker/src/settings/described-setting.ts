import { brokerSettings, isDynamic, isPerBroker } from './broker-settings.js';
import { clientMetricsSettings } from './client-metrics-settings.js';
import { ConfigSource, ResourceType } from './config-source.js';
import { CLUSTER, type ConfiguredResources, type Synonym } from './configured-resources.js';
import { groupSettings } from './group-settings.js';
import { parseSetting } from './parse-setting.js';
import { ConfigType, type Config, type Setting, type Settings } from './setting.js';
import { topicSettings } from './topic-settings.js';

/** A setting as DescribeConfigs shows it. */
export interface DescribedSetting {
  readonly name: string;
  readonly value: string | null;
  readonly readOnly: boolean;
  readonly isSensitive: boolean;
  readonly configSource: number;
  readonly configType: number;
  readonly synonyms: readonly Synonym[];
  readonly documentation: string | null;
}

/** The source of the values that were set for a resource itself. */
const OWN_SOURCE = {
  [ResourceType.topic]: ConfigSource.topic,
  [ResourceType.group]: ConfigSource.group,
  [ResourceType.clientMetrics]: ConfigSource.clientMetrics,
} as const;

type Owned = keyof typeof OWN_SOURCE;

const settingsOf: Record<Owned, Settings> = {
  [ResourceType.topic]: topicSettings,
  [ResourceType.group]: groupSettings,
  [ResourceType.clientMetrics]: clientMetricsSettings,
};

/** The settings of a topic, a group or a client metrics subscription. */
export const describeOwned = (type: Owned, own: Config, broker: ConfiguredResources): DescribedSetting[] =>
  Object.entries(settingsOf[type])
    .filter(([name, { internal }]) => !internal || name in own)
    .map(([name, setting]) => {
      const inherited = synonymsOf(name, setting, broker);
      const synonyms =
        name in own
          ? [{ name, value: shown(name, setting, own[name]!), source: OWN_SOURCE[type] }, ...inherited]
          : inherited;
      const value = synonyms[0]?.value ?? setting.default;
      return describe(name, setting, { value, synonyms, isReadOnly: false });
    });

/** A group's setting that no broker setting corresponds to has its own default as a synonym. */
const synonymsOf = (name: string, setting: Setting, broker: ConfiguredResources): readonly Synonym[] => {
  if (setting.synonym) return broker.synonymsOf(setting.synonym);
  const isOfGroups = name in groupSettings;
  return isOfGroups ? [{ name, value: setting.default!, source: ConfigSource.default }] : [];
};

const visibleNames = Object.keys(brokerSettings).filter((name) => !brokerSettings[name]!.internal);

/** The settings of this broker, and those that only a plugin could know. */
export const describeBroker = (broker: ConfiguredResources): DescribedSetting[] =>
  [...new Set([...visibleNames, ...broker.changedNames()])].map((name) => {
    const setting = brokerSettings[name];
    const synonyms = broker.synonymsOf(name);
    const value = synonyms[0]?.value ?? setting?.default ?? null;
    return describe(name, setting, { value, synonyms, isReadOnly: !isDynamic(name) });
  });

/** The defaults of all brokers: only those that are set. Kafka hides the values of settings that it does not know. */
export const describeCluster = (broker: ConfiguredResources): DescribedSetting[] =>
  Object.entries(broker.get(ResourceType.broker, CLUSTER))
    .filter(([name]) => !isPerBroker(name))
    .map(([name, own]) => {
      const setting = brokerSettings[name];
      const value = setting ? shown(name, setting, own) : null;
      const synonyms = [{ name, value: value as string, source: ConfigSource.clusterDefault }];
      return describe(name, setting, { value, synonyms, isReadOnly: !isDynamic(name) });
    });

interface Value {
  readonly value: string | null;
  readonly synonyms: readonly Synonym[];
  readonly isReadOnly: boolean;
}

const describe = (
  name: string,
  setting: Setting | undefined,
  { value, synonyms, isReadOnly }: Value,
): DescribedSetting => {
  const isSensitive = !setting || setting.type === 'password';
  return {
    name,
    value: isSensitive ? null : value,
    readOnly: isReadOnly,
    isSensitive,
    configSource: synonyms[0]?.source ?? ConfigSource.default,
    configType: ConfigType[setting?.type ?? 'unknown'],
    synonyms: isSensitive ? synonyms.map((synonym) => ({ ...synonym, value: null as never })) : synonyms,
    documentation: setting?.documentation ?? null,
  };
};

/** An earlier version may have stored what is no longer valid. */
const shown = (name: string, setting: Setting, value: string): string => {
  try {
    return parseSetting(name, setting, value);
  } catch {
    return value;
  }
};
