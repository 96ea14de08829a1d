import { brokerSettings } from '../settings/broker-settings.js';
import { refuse } from '../settings/check-config.js';
import { ResourceType } from '../settings/config-source.js';
import type { Config, Settings } from '../settings/setting.js';
import { topicSettings } from '../settings/topic-settings.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { alterConfig, checkResource } from './alter-config.js';
import { alterLoggers } from './alter-loggers.js';
import type { Context, Handler } from './handler.js';

type Resource = RequestOf<typeof incrementalAlterConfigs>['resources'][number];
type Change = Resource['configs'][number];

export const answerIncrementalAlterConfigs: Handler<typeof incrementalAlterConfigs> = (
  { resources, validateOnly },
  context,
) => ({
  responses: resources.map((resource) =>
    resource.resourceType === ResourceType.logger
      ? alterLoggers(resource, resources, { ...context, validateOnly })
      : alterConfig(
          resource,
          (before) => {
            const missing = resource.configs.filter(
              ({ value, configOperation }) => value === null && configOperation !== DELETE,
            );
            checkResource(
              resource,
              resources,
              missing.map(({ name }) => name),
            );
            return resource.configs.reduce(
              (config, change) => changed(config, change, { resource, context }),
              before,
            );
          },
          { ...context, validateOnly },
        ),
  ),
});

const SET = 0;
const DELETE = 1;
const APPEND = 2;
const SUBTRACT = 3;

/** The settings whose lists can be appended to: those of groups and subscriptions are only set as a whole. */
const listsOf: Record<number, Settings> = {
  [ResourceType.topic]: topicSettings,
  [ResourceType.broker]: brokerSettings,
};

const changed = (
  before: Config,
  { name, value, configOperation }: Change,
  { resource, context }: { resource: Resource; context: Context },
): Config => {
  const { [name]: current, ...others } = before;
  if (configOperation === DELETE) return others;
  if (configOperation === SET) return { ...others, [name]: value! };
  if (configOperation !== APPEND && configOperation !== SUBTRACT)
    return refuse(`Unknown operation ${configOperation}`, ErrorCode.UNKNOWN_SERVER_ERROR);
  const setting = listsOf[resource.resourceType]?.[name];
  if (setting?.type !== 'list')
    return refuse(
      `Can't ${configOperation === APPEND ? 'APPEND to' : 'SUBTRACT from'} key ${name} because its type is not LIST.`,
    );
  const list = entriesOf(current ?? inherited(resource, name, context));
  const given = entriesOf(value!);
  const kept =
    configOperation === APPEND
      ? [...list, ...given.filter((entry) => !list.includes(entry))]
      : list.filter((entry) => !given.includes(entry));
  return { ...others, [name]: kept.join() };
};

const entriesOf = (value: string): string[] => (value === '' ? [] : value.split(','));

/** What is in force without a value of its own. */
const inherited = ({ resourceType }: Resource, name: string, { broker }: Context): string => {
  const synonym = resourceType === ResourceType.topic ? topicSettings[name]!.synonym : name;
  return (synonym && broker.resources.valueOf(synonym)) ?? '';
};
