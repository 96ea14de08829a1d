import { createTopics } from '../apis/19-create-topics.js';
import type { Broker } from '../broker.js';
import type { TopicRecord } from '../topics/topic-catalogue.js';
import { settingOf, topicSettings, type TopicConfig } from '../topics/topic-config.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { ConfigSource } from './config-source.js';
import { attempt, type Handler } from './handler.js';

type Wanted = RequestOf<typeof createTopics>['topics'][number];
type Answer = NonNullable<ResponseOf<typeof createTopics>['topics']>[number];

/** Each topic is created, or only checked, by itself; the others do not suffer from one that is refused. */
export const answerCreateTopics: Handler<typeof createTopics> = ({ topics, validateOnly }, context) => ({
  topics: topics.map((wanted): Answer => {
    const { name } = wanted;
    return attempt<Answer, Answer>(
      context,
      () => {
        if (topics.filter((other) => other.name === name).length > 1)
          throw new KafkaError(ErrorCode.INVALID_REQUEST, `topic "${name}" is in the request twice`);
        const record = recordOf(wanted, context.broker);
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

const recordOf = (wanted: Wanted, broker: Broker): Omit<TopicRecord, 'id'> => {
  const { numPartitions, replicationFactor, assignments, configs } = wanted;
  if (assignments.length > 0) checkAssignments(wanted, broker);
  else if (replicationFactor !== -1 && replicationFactor !== 1)
    throw new KafkaError(
      ErrorCode.INVALID_REPLICATION_FACTOR,
      `Unable to replicate the partition ${replicationFactor} time(s): there is one broker.`,
    );
  const partitions = assignments.length || (numPartitions === -1 ? broker.defaultPartitions : numPartitions);
  return {
    partitions,
    config: Object.fromEntries(configs.map(({ name, value }) => [name, given(name, value)])),
  };
};

const checkAssignments = (
  { assignments, numPartitions, replicationFactor }: Wanted,
  { nodeId }: Broker,
): void => {
  if (numPartitions !== -1 || replicationFactor !== -1)
    throw new KafkaError(ErrorCode.INVALID_REQUEST, 'give assignments or numbers, not both');
  const indexes = assignments.map(({ partitionIndex }) => partitionIndex).sort((a, b) => a - b);
  const isHere = assignments.every(({ brokerIds }) => brokerIds.length === 1 && brokerIds[0] === nodeId);
  if (!isHere || indexes.some((index, i) => index !== i))
    throw new KafkaError(
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
      `partitions count from 0, and broker ${nodeId} is the only one to assign them to`,
    );
};

const given = (name: string, value: string | null): string => {
  if (value === null) throw new KafkaError(ErrorCode.INVALID_CONFIG, `${name} has no value`);
  return value;
};
