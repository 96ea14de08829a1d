import type { WireClient } from '../server/wire-client.fixture.js';
import { describeConfigs } from './32-describe-configs.js';
import { ConfigSource, ResourceType } from './config-source.js';

/** The settings of the topic `a`, by name. */
export const settingsOfA = async (client: WireClient): Promise<Record<string, string | null>> => {
  const resource = { resourceType: ResourceType.topic, resourceName: 'a', configurationKeys: null };
  const [result] = (await client.call(describeConfigs, 4, { resources: [resource] })).results;
  const set = result!.configs.filter(({ configSource }) => configSource === ConfigSource.topic);
  return Object.fromEntries(set.map(({ name, value }) => [name, value]));
};
