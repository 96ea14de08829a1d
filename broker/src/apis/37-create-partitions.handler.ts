import { createPartitions } from './37-create-partitions.js';
import { findTopic } from '../topics/find-partition.js';
import { checkPartitions } from '../topics/topic-catalogue.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';

type TopicRequest = RequestOf<typeof createPartitions>['topics'][number];

export const answerCreatePartitions: Handler<typeof createPartitions> = (
  { topics, validateOnly },
  context,
) => ({
  results: topics.map((requested) =>
    attempt(
      context,
      () => {
        grow(requested, validateOnly, context);
        return { name: requested.name };
      },
      (failure) => ({ name: requested.name, ...failure }),
    ),
  ),
});

const grow = (
  { name, count, assignments }: TopicRequest,
  validateOnly: boolean,
  { broker }: Context,
): void => {
  const topic = findTopic(broker.topics, { name });
  const current = topic.partitions.length;
  if (count <= current)
    throw new KafkaError(ErrorCode.INVALID_PARTITIONS, `topic "${name}" already has ${current} partitions`);
  const isHere = ({ brokerIds }: { brokerIds: number[] }) =>
    brokerIds.length === 1 && brokerIds[0] === broker.nodeId;
  if (assignments && !(assignments.length === count - current && assignments.every(isHere)))
    throw new KafkaError(
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
      `partitions can only be assigned to broker ${broker.nodeId}`,
    );
  checkPartitions(count);
  if (!validateOnly) broker.topics.grow(topic, count);
};
