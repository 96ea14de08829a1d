import type { WireClient } from '../server/wire-client.fixture.js';
import { describeConfigs } from './32-describe-configs.js';
import { ConfigSource, ResourceType } from '../settings/config-source.js';

/** The own settings of the topic `a`, by name. */
export const settingsOfA = async (client: WireClient): Promise<Record<string, string | null>> => {
  const set = (await describeA(client)).filter(({ configSource }) => configSource === ConfigSource.topic);
  return Object.fromEntries(set.map(({ name, value }) => [name, value]));
};

/** The settings in force for the topic `a`, by name. */
export const effectiveSettingsOfA = async (client: WireClient): Promise<Record<string, string | null>> =>
  Object.fromEntries((await describeA(client)).map(({ name, value }) => [name, value]));

const describeA = async (client: WireClient) => {
  const resource = { resourceType: ResourceType.topic, resourceName: 'a', configurationKeys: null };
  const [result] = (await client.call(describeConfigs, 4, { resources: [resource] })).results;
  return result!.configs;
};
