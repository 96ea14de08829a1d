import { deleteTopics } from './20-delete-topics.js';
import { refuse } from '../settings/check-config.js';
import { findTopic } from '../topics/find-partition.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

type Requested = RequestOf<typeof deleteTopics>['topics'][number];

const NO_ID = '0'.repeat(32);
/** The first version whose clients know the error of a broker that deletes no topics. */
const SINCE_DISABLED = 3;

/** By name, or since version 6 by id. The committed offsets of a topic are deleted with it. */
export const answerDeleteTopics: Handler<typeof deleteTopics> = async (request, context) => {
  const requested: Requested[] =
    context.version >= 6 ? request.topics : request.topicNames.map((name) => ({ name, topicId: NO_ID }));
  const counts = new Map<string, number>();
  for (const topic of requested) counts.set(keyOf(topic), (counts.get(keyOf(topic)) ?? 0) + 1);
  const distinct = new Map(requested.map((topic) => [keyOf(topic), topic]));
  return {
    responses: await inSlices([...distinct], ([key, topic]) =>
      attempt(
        context,
        () => deleteOne(topic, counts.get(key)!, context),
        (failure) => ({ ...topic, ...failure }),
      ),
    ),
  };
};

const keyOf = ({ name, topicId }: Requested): string => name ?? topicId;

const deleteOne = (
  { name, topicId }: Requested,
  count: number,
  { version, broker: { topics, resources, offsets, pendingOffsets } }: Context,
): Requested => {
  if (resources.valueOf('delete.topic.enable') === 'false')
    refuse(
      'Topic deletion is disabled.',
      version < SINCE_DISABLED ? ErrorCode.INVALID_REQUEST : ErrorCode.TOPIC_DELETION_DISABLED,
    );
  if (count > 1)
    refuse(name === null ? 'Duplicate topic id.' : 'Duplicate topic name.', ErrorCode.INVALID_REQUEST);
  if (name !== null && topicId !== NO_ID)
    refuse('You may not specify both topic name and topic id.', ErrorCode.INVALID_REQUEST);
  const topic = findTopic(topics, { name: name ?? '', topicId });
  offsets.deleteTopic(topic.name);
  pendingOffsets.deleteTopic(topic.name);
  topics.delete(topic);
  return { name: topic.name, topicId: topic.id };
};
