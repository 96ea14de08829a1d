import { findTopic } from '../topics/find-partition.js';
import { checkTopicConfig, type TopicConfig } from '../topics/topic-config.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { ResourceType } from './config-source.js';
import { attempt, type Context } from './handler.js';

interface Resource {
  readonly resourceType: number;
  readonly resourceName: string;
}

/** Changes the settings of a topic with `change`, or only validates them; returns the response for one resource. */
export const alterTopic = (
  { resourceType, resourceName }: Resource,
  change: (before: TopicConfig) => TopicConfig,
  context: Context & { validateOnly: boolean },
) =>
  attempt(
    context,
    () => {
      if (resourceType !== ResourceType.topic)
        throw new KafkaError(ErrorCode.INVALID_REQUEST, 'only topics can be configured');
      const { topics } = context.broker;
      const topic = findTopic(topics, { name: resourceName });
      const config = change(topic.config);
      checkTopicConfig(config);
      if (!context.validateOnly) topics.configure(topic, config);
      return { resourceType, resourceName, errorMessage: null };
    },
    (failure) => ({ resourceType, resourceName, ...failure }),
  );
