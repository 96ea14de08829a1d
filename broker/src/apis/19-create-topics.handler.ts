import { createTopics } from './19-create-topics.js';
import type { Broker } from '../broker.js';
import { refuse } from '../settings/check-config.js';
import { ResourceType } from '../settings/config-source.js';
import { describeOwned } from '../settings/described-setting.js';
import type { TopicRecord } from '../topics/topic-catalogue.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';
import { checkReplicas } from './check-replicas.js';
import { inSlices } from './in-slices.js';

type TopicRequest = RequestOf<typeof createTopics>['topics'][number];
type Answer = NonNullable<ResponseOf<typeof createTopics>['topics']>[number];
type Spec = Omit<TopicRecord, 'id'>;

/** A request may create this many partitions (Kafka's ReplicationControlManager). */
const MAX_PARTITIONS_PER_REQUEST = 10_000;

/** Each topic is created or validated separately; one that is refused does not affect the others. */
export const answerCreateTopics: Handler<typeof createTopics> = async ({ topics, validateOnly }, context) => {
  const { broker } = context;
  const counts = new Map<string, number>();
  for (const { name } of topics) counts.set(name, (counts.get(name) ?? 0) + 1);
  const requested = [...new Map(topics.map((topic) => [topic.name, topic])).values()];
  const isTooMuch = topics.reduce((sum, topic) => sum + partitionsOf(topic), 0) > MAX_PARTITIONS_PER_REQUEST;
  const createOne = (topic: TopicRequest): Answer => {
    const { name } = topic;
    if (isTooMuch) refuse('Excessively large number of partitions per request.', ErrorCode.POLICY_VIOLATION);
    if (counts.get(name)! > 1) refuse('Duplicate topic name.', ErrorCode.INVALID_REQUEST);
    const spec = specOf(topic, broker);
    if (validateOnly) broker.topics.check(name, spec);
    const topicId = validateOnly ? undefined : broker.topics.create(name, spec).id;
    return { name, ...(topicId && { topicId }), errorMessage: null, ...shown(spec, broker) };
  };
  return {
    topics: await inSlices(requested, (topic) =>
      attempt<Answer, Answer>(
        context,
        () => createOne(topic),
        (failure) => ({ name: topic.name, ...failure, configs: [] }),
      ),
    ),
  };
};

const partitionsOf = ({ numPartitions, assignments }: TopicRequest): number =>
  Math.max(numPartitions, assignments.length, 1);

/** The values are shown as they were sent. */
const shown = ({ partitions, config }: Spec, { resources }: Broker): Answer => ({
  numPartitions: partitions,
  replicationFactor: 1,
  configs: describeOwned(ResourceType.topic, config, resources).map(
    ({ name, value, configSource, readOnly, isSensitive }) => ({
      name,
      value: config[name] ?? value,
      configSource,
      readOnly,
      isSensitive,
    }),
  ),
});

const specOf = (requested: TopicRequest, broker: Broker): Spec => {
  const { numPartitions, assignments, configs } = requested;
  if (assignments.length > 0) checkAssignments(requested, broker);
  else checkNumbers(requested);
  const partitions = assignments.length || (numPartitions === -1 ? broker.defaultPartitions : numPartitions);
  return {
    partitions,
    config: Object.fromEntries(configs.map(({ name, value }) => [name, requireValue(name, value)])),
  };
};

const checkNumbers = ({ numPartitions, replicationFactor }: TopicRequest): void => {
  if (replicationFactor === 0 || replicationFactor < -1)
    refuse(
      'Replication factor must be larger than 0, or -1 to use the default value.',
      ErrorCode.INVALID_REPLICATION_FACTOR,
    );
  if (numPartitions === 0 || numPartitions < -1)
    refuse('Number of partitions was set to an invalid non-positive value.', ErrorCode.INVALID_PARTITIONS);
  if (replicationFactor > 1)
    refuse(
      `Unable to replicate the partition ${replicationFactor} time(s): The target replication factor of ${replicationFactor} cannot be reached because only 1 broker(s) are registered or some brokers have all their log directories cordoned.`,
      ErrorCode.INVALID_REPLICATION_FACTOR,
    );
};

const checkAssignments = (topic: TopicRequest, { nodeId }: Broker): void => {
  const { assignments, numPartitions, replicationFactor } = topic;
  const conflict = (what: string): string =>
    `A manual partition assignment was specified, but ${what} was not set to -1.`;
  if (replicationFactor !== -1) refuse(conflict('replication factor'), ErrorCode.INVALID_REQUEST);
  if (numPartitions !== -1) refuse(conflict('numPartitions'), ErrorCode.INVALID_REQUEST);
  const indexes = new Set<number>();
  for (const { partitionIndex, brokerIds } of assignments) {
    if (indexes.has(partitionIndex))
      refuse(
        `Found multiple manual partition assignments for partition ${partitionIndex}`,
        ErrorCode.INVALID_REPLICA_ASSIGNMENT,
      );
    indexes.add(partitionIndex);
    checkReplicas(brokerIds, nodeId);
  }
  if (assignments.some((_, index) => !indexes.has(index)))
    refuse(
      'partitions should be a consecutive 0-based integer sequence',
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
    );
};

const requireValue = (name: string, value: string | null): string =>
  value ?? refuse(`Null value not supported for topic configs: ${name}`);
