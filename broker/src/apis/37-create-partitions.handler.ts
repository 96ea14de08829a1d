import { createPartitions } from './37-create-partitions.js';
import { refuse } from '../settings/check-config.js';
import { findTopic } from '../topics/find-partition.js';
import { checkPartitions } from '../topics/topic-catalogue.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { checkReplicas } from './check-replicas.js';
import { attempt, type Context, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

type Request = RequestOf<typeof createPartitions>;
type TopicRequest = Request['topics'][number];
type Answer = NonNullable<ResponseOf<typeof createPartitions>['results']>[number];

export const answerCreatePartitions: Handler<typeof createPartitions> = async (request, context) => {
  const requested = [...new Map(request.topics.map((topic) => [topic.name, topic])).values()];
  const growOne = (topic: TopicRequest): Answer =>
    attempt<Answer, Answer>(
      context,
      () => {
        grow(topic, request, context);
        return { name: topic.name };
      },
      (failure) => ({ name: topic.name, ...failure }),
    );
  return { results: await inSlices(requested, growOne) };
};

const grow = (requested: TopicRequest, { topics, validateOnly }: Request, { broker }: Context): void => {
  const { name, count, assignments } = requested;
  if (topics.filter((other) => other.name === name).length > 1)
    refuse('Duplicate topic name.', ErrorCode.INVALID_REQUEST);
  const topic = findTopic(broker.topics, { name });
  const current = topic.partitions.length;
  checkIncrease(requested, current);
  if (assignments) checkAssignments(assignments, count - current, broker.nodeId);
  checkPartitions(count);
  if (!validateOnly) broker.topics.grow(topic, count);
};

const checkIncrease = ({ name, count }: TopicRequest, current: number): void => {
  if (count === current) refuse(`Topic already has ${current} partition(s).`, ErrorCode.INVALID_PARTITIONS);
  if (count < current)
    refuse(
      `The topic ${name} currently has ${current} partition(s); ${count} would not be an increase.`,
      ErrorCode.INVALID_PARTITIONS,
    );
};

const checkAssignments = (
  assignments: readonly { readonly brokerIds: number[] }[],
  added: number,
  nodeId: number,
): void => {
  if (assignments.length !== added)
    refuse(
      `Attempted to add ${added} additional partition(s), but only ${assignments.length} assignment(s) were specified.`,
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
    );
  for (const { brokerIds } of assignments) checkReplicas(brokerIds, nodeId);
};
