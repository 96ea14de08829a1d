import { deleteTopics } from './20-delete-topics.js';
import { findTopic } from '../topics/find-partition.js';
import { attempt, type Handler } from './handler.js';

/** By name, or since version 6 by id. The committed offsets of a topic are deleted with it. */
export const answerDeleteTopics: Handler<typeof deleteTopics> = (request, context) => {
  const { topics, offsets, pendingOffsets } = context.broker;
  const requested = context.version >= 6 ? request.topics : request.topicNames.map((name) => ({ name }));
  return {
    responses: requested.map(({ name, ...rest }) =>
      attempt(
        context,
        () => {
          const topic = findTopic(topics, { name: name ?? '', ...rest });
          offsets.deleteTopic(topic.name);
          pendingOffsets.deleteTopic(topic.name);
          topics.delete(topic);
          return { name: topic.name, topicId: topic.id };
        },
        (failure) => ({ name, ...rest, ...failure }),
      ),
    ),
  };
};
