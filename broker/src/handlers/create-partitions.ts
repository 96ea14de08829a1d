import { createPartitions } from '../apis/37-create-partitions.js';
import { findTopic } from '../topics/find-partition.js';
import { checkPartitions } from '../topics/topic-catalogue.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';

type Wanted = RequestOf<typeof createPartitions>['topics'][number];

export const answerCreatePartitions: Handler<typeof createPartitions> = (
  { topics, validateOnly },
  context,
) => ({
  results: topics.map((wanted) =>
    attempt(
      context,
      () => {
        grow(wanted, validateOnly, context);
        return { name: wanted.name };
      },
      (failure) => ({ name: wanted.name, ...failure }),
    ),
  ),
});

const grow = ({ name, count, assignments }: Wanted, validateOnly: boolean, { broker }: Context): void => {
  const topic = findTopic(broker.topics, { name });
  const current = topic.partitions.length;
  if (count <= current)
    throw new KafkaError(ErrorCode.INVALID_PARTITIONS, `topic "${name}" already has ${current} partitions`);
  const isHere = ({ brokerIds }: { brokerIds: number[] }) =>
    brokerIds.length === 1 && brokerIds[0] === broker.nodeId;
  if (assignments && !(assignments.length === count - current && assignments.every(isHere)))
    throw new KafkaError(ErrorCode.INVALID_REPLICA_ASSIGNMENT, `broker ${broker.nodeId} is the only one`);
  checkPartitions(count);
  if (!validateOnly) broker.topics.grow(topic, count);
};
