import { describeConfigs } from './32-describe-configs.js';
import type { Broker } from '../broker.js';
import { findTopic } from '../topics/find-partition.js';
import { ConfigType, settingOf, topicSettings, type TopicConfig } from '../topics/topic-config.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { ConfigSource, ResourceType } from './config-source.js';
import { attempt, type Handler } from './handler.js';

type Resource = RequestOf<typeof describeConfigs>['resources'][number];
type Result = NonNullable<ResponseOf<typeof describeConfigs>['results']>[number];
type Config = NonNullable<Result['configs']>[number];

export const answerDescribeConfigs: Handler<typeof describeConfigs> = ({ resources }, context) => ({
  results: resources.map((resource): Result => {
    const { resourceType, resourceName, configurationKeys } = resource;
    return attempt<Result, Result>(
      context,
      () => {
        const configs = configsOf(resource, context.broker);
        const selected = configs.filter(({ name }) => configurationKeys?.includes(name!) ?? true);
        return { resourceType, resourceName, errorMessage: null, configs: selected };
      },
      (failure) => ({ resourceType, resourceName, ...failure }),
    );
  }),
});

const configsOf = ({ resourceType, resourceName }: Resource, broker: Broker): Config[] => {
  if (resourceType === ResourceType.topic)
    return topicConfigs(findTopic(broker.topics, { name: resourceName }).config);
  if (resourceType === ResourceType.broker && resourceName === String(broker.nodeId))
    return brokerConfigs(broker);
  throw new KafkaError(
    ErrorCode.INVALID_REQUEST,
    `no resource of type ${resourceType} has the name "${resourceName}"`,
  );
};

const topicConfigs = (config: TopicConfig): Config[] =>
  Object.entries(topicSettings).map(([name, { type, default: value }]) => {
    const synonyms: Config['synonyms'] = [{ name, value, source: ConfigSource.default }];
    const isSet = name in config;
    if (isSet) synonyms.unshift({ name, value: config[name]!, source: ConfigSource.topic });
    return {
      name,
      value: settingOf(config, name),
      configSource: isSet ? ConfigSource.topic : ConfigSource.default,
      configType: ConfigType[type],
      synonyms,
      documentation: null,
    };
  });

/** The settings that administration tools expect; they are read-only. */
const brokerConfigs = ({ nodeId, defaultPartitions }: Broker): Config[] =>
  Object.entries({
    'auto.create.topics.enable': 'true',
    'broker.id': String(nodeId),
    'default.replication.factor': '1',
    'delete.topic.enable': 'true',
    'group.initial.rebalance.delay.ms': '0',
    'log.retention.bytes': settingOf({}, 'retention.bytes'),
    'log.retention.ms': settingOf({}, 'retention.ms'),
    'log.segment.bytes': settingOf({}, 'segment.bytes'),
    'message.max.bytes': settingOf({}, 'max.message.bytes'),
    'min.insync.replicas': '1',
    'num.partitions': String(defaultPartitions),
  }).map(([name, value]) => ({
    name,
    value,
    readOnly: true,
    configSource: ConfigSource.staticBroker,
    configType: ConfigType[value === 'true' ? 'boolean' : 'long'],
    documentation: null,
  }));
