import { alterConfigs } from '../apis/33-alter-configs.js';
import { incrementalAlterConfigs } from '../apis/44-incremental-alter-configs.js';
import { findTopic } from '../topics/find-partition.js';
import { checkTopicConfig, settingOf, topicSettings, type TopicConfig } from '../topics/topic-config.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { ResourceType } from './config-source.js';
import { attempt, type Context, type Handler } from './handler.js';

interface Resource {
  readonly resourceType: number;
  readonly resourceName: string;
}
type Change = RequestOf<typeof incrementalAlterConfigs>['resources'][number]['configs'][number];

/** Replaces everything that is set for a topic. */
export const answerAlterConfigs: Handler<typeof alterConfigs> = ({ resources, validateOnly }, context) => ({
  responses: resources.map((resource) => {
    const config = resource.configs.flatMap(({ name, value }) => (value === null ? [] : [[name, value]]));
    return alter(resource, () => Object.fromEntries(config), { ...context, validateOnly });
  }),
});

/** Changes single settings of a topic, and leaves the others (KIP-339). */
export const answerIncrementalAlterConfigs: Handler<typeof incrementalAlterConfigs> = (request, context) => ({
  responses: request.resources.map((resource) =>
    alter(resource, (before) => resource.configs.reduce(changed, before), {
      ...context,
      validateOnly: request.validateOnly,
    }),
  ),
});

const alter = (
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

const SET = 0;
const DELETE = 1;
const APPEND = 2;
const SUBTRACT = 3;

const changed = (before: TopicConfig, { name, value, configOperation }: Change): TopicConfig => {
  const { [name]: _, ...others } = before;
  if (configOperation === DELETE) return others;
  if (value === null) throw new KafkaError(ErrorCode.INVALID_CONFIG, `${name} has no value`);
  if (configOperation === SET) return { ...others, [name]: value };
  if (topicSettings[name]?.type !== 'list')
    throw new KafkaError(ErrorCode.INVALID_CONFIG, `${name} is not a list to append to or subtract from`);
  const list = settingOf(before, name).split(',');
  const values = value.split(',');
  if (configOperation === APPEND) return { ...others, [name]: [...new Set([...list, ...values])].join() };
  if (configOperation === SUBTRACT)
    return { ...others, [name]: list.filter((one) => !values.includes(one)).join() };
  throw new KafkaError(ErrorCode.INVALID_REQUEST, `there is no operation ${configOperation}`);
};
