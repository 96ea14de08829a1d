import { settingOf, topicSettings, type TopicConfig } from '../topics/topic-config.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { alterTopic } from './alter-topic.js';
import type { Handler } from './handler.js';

type Change = RequestOf<typeof incrementalAlterConfigs>['resources'][number]['configs'][number];

export const answerIncrementalAlterConfigs: Handler<typeof incrementalAlterConfigs> = (request, context) => ({
  responses: request.resources.map((resource) =>
    alterTopic(resource, (before) => resource.configs.reduce(changed, before), {
      ...context,
      validateOnly: request.validateOnly,
    }),
  ),
});

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
  throw new KafkaError(ErrorCode.INVALID_REQUEST, `operation ${configOperation} does not exist`);
};
