import { deleteTopics } from '../apis/20-delete-topics.js';
import { findTopic } from '../topics/find-partition.js';
import { attempt, type Handler } from './handler.js';

/** By name, or since version 6 by id. What groups had committed for a topic goes with it. */
export const answerDeleteTopics: Handler<typeof deleteTopics> = (request, context) => {
  const { topics, offsets } = context.broker;
  const wanted = context.version >= 6 ? request.topics : request.topicNames.map((name) => ({ name }));
  return {
    responses: wanted.map(({ name, ...rest }) =>
      attempt(
        context,
        () => {
          const topic = findTopic(topics, { name: name ?? '', ...rest });
          offsets.deleteTopic(topic.name);
          topics.delete(topic);
          return { name: topic.name, topicId: topic.id };
        },
        (failure) => ({ name, ...rest, ...failure }),
      ),
    ),
  };
};
