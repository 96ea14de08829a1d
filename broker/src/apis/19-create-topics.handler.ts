import { createTopics } from './19-create-topics.js';
import type { Broker } from '../broker.js';
import type { TopicRecord } from '../topics/topic-catalogue.js';
import { settingOf, topicSettings, type TopicConfig } from '../topics/topic-config.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { ConfigSource } from './config-source.js';
import { attempt, type Handler } from './handler.js';

type TopicRequest = RequestOf<typeof createTopics>['topics'][number];
type Answer = NonNullable<ResponseOf<typeof createTopics>['topics']>[number];

/** Each topic is created or validated separately; one that is refused does not affect the others. */
export const answerCreateTopics: Handler<typeof createTopics> = ({ topics, validateOnly }, context) => ({
  topics: topics.map((requested): Answer => {
    const { name } = requested;
    return attempt<Answer, Answer>(
      context,
      () => {
        if (topics.filter((other) => other.name === name).length > 1)
          throw new KafkaError(ErrorCode.INVALID_REQUEST, `topic "${name}" is in the request twice`);
        const record = recordOf(requested, context.broker);
        const { topics: catalogue } = context.broker;
        const topicId = validateOnly ? catalogue.check(name, record) : catalogue.create(name, record).id;
        return { name, ...(topicId && { topicId }), errorMessage: null, ...shown(record) };
      },
      (failure) => ({ name, ...failure, configs: null }),
    );
  }),
});

const shown = ({ partitions, config }: Omit<TopicRecord, 'id'>): Answer => ({
  numPartitions: partitions,
  replicationFactor: 1,
  configs: describeSettings(config),
});

const describeSettings = (config: TopicConfig) =>
  Object.keys(topicSettings).map((name) => ({
    name,
    value: settingOf(config, name),
    configSource: name in config ? ConfigSource.topic : ConfigSource.default,
  }));

const recordOf = (requested: TopicRequest, broker: Broker): Omit<TopicRecord, 'id'> => {
  const { numPartitions, replicationFactor, assignments, configs } = requested;
  if (assignments.length > 0) checkAssignments(requested, broker);
  else if (replicationFactor !== -1 && replicationFactor !== 1)
    throw new KafkaError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      `Unable to replicate the partition ${replicationFactor} time(s): there is one broker.`,
    );
  const partitions = assignments.length || (numPartitions === -1 ? broker.defaultPartitions : numPartitions);
  return {
    partitions,
    config: Object.fromEntries(configs.map(({ name, value }) => [name, requireValue(name, value)])),
  };
};

const checkAssignments = (
  { assignments, numPartitions, replicationFactor }: TopicRequest,
  { nodeId }: Broker,
): void => {
  if (numPartitions !== -1 || replicationFactor !== -1)
    throw new KafkaError(ErrorCode.INVALID_REQUEST, 'set either assignments or numbers, not both');
  const indexes = assignments.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b);
  const isHere = assignments.every(({ brokerIds }) => brokerIds.length === 1 && brokerIds[0] === nodeId);
  if (!isHere || indexes.some((index, i) => index !== i))
    throw new KafkaError(
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
      `partitions must be numbered from 0 and assigned to broker ${nodeId}, the only one`,
    );
};

const requireValue = (name: string, value: string | null): string => {
  if (value === null) throw new KafkaError(ErrorCode.INVALID_CONFIG, `${name} has no value`);
  return value;
};
