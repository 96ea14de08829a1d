import { describeConfigs } from './32-describe-configs.js';
import type { Broker } from '../broker.js';
import { refuse } from '../settings/check-config.js';
import { ConfigSource, ResourceType } from '../settings/config-source.js';
import { CLUSTER } from '../settings/configured-resources.js';
import {
  describeBroker,
  describeCluster,
  describeOwned,
  type DescribedSetting,
} from '../settings/described-setting.js';
import { ConfigType } from '../settings/setting.js';
import { findTopic } from '../topics/find-partition.js';
import { checkTopicName } from '../topics/topic-name.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';

type Request = RequestOf<typeof describeConfigs>;
type Resource = Request['resources'][number];
type Result = NonNullable<ResponseOf<typeof describeConfigs>['results']>[number];

export const answerDescribeConfigs: Handler<typeof describeConfigs> = (request, context) => ({
  results: request.resources.map((resource): Result => {
    const { resourceType, resourceName } = resource;
    return attempt<Result, Result>(
      context,
      () => {
        const described = describers[resourceType] ?? unsupported;
        const configs = described(resource, context.broker);
        return {
          resourceType,
          resourceName,
          errorMessage: '',
          configs: selected(configs, resource, request),
        };
      },
      (failure) => ({ resourceType, resourceName, ...failure }),
    );
  }),
});

/** No list of names, or an empty one, stands for all settings. */
const selected = (
  configs: DescribedSetting[],
  { configurationKeys }: Resource,
  { includeSynonyms, includeDocumentation }: Request,
): Result['configs'] =>
  configs
    .filter(({ name }) => !configurationKeys?.length || configurationKeys.includes(name))
    .map((config) => ({
      ...config,
      synonyms: includeSynonyms ? [...config.synonyms] : [],
      documentation:
        includeDocumentation || config.configSource === ConfigSource.logger ? config.documentation : null,
    }));

type Describer = (resource: Resource, broker: Broker) => DescribedSetting[];

const invalidRequest = (message: string): never => refuse(message, ErrorCode.INVALID_REQUEST);

const describeTopic: Describer = ({ resourceName }, { topics, resources }) => {
  checkTopicName(resourceName);
  return describeOwned(ResourceType.topic, findTopic(topics, { name: resourceName }).config, resources);
};

const describeNode: Describer = ({ resourceName }, { resources }) => {
  if (resourceName === CLUSTER) return describeCluster(resources);
  checkBrokerId(resourceName, `${resources.nodeId}`, ' or empty string,');
  return describeBroker(resources);
};

/** The log level of the process, as that of Kafka's root logger (KIP-412). */
const describeLoggers: Describer = ({ resourceName }, { resources, logThreshold }) => {
  if (resourceName === '') invalidRequest('Broker id must not be empty');
  checkBrokerId(resourceName, `${resources.nodeId}`, '');
  const [readOnly, isSensitive] = [false, false];
  const { unknown } = ConfigType;
  const value = logThreshold.level.toUpperCase();
  const root = { name: 'root', value, synonyms: [], documentation: '' };
  return [{ ...root, readOnly, isSensitive, configSource: ConfigSource.logger, configType: unknown }];
};

const describeMetrics: Describer = ({ resourceType, resourceName }, { resources }) => {
  if (resourceName === '') invalidRequest('Client metrics subscription name must not be empty');
  return describeOwned(ResourceType.clientMetrics, resources.get(resourceType, resourceName), resources);
};

const describeGroup: Describer = ({ resourceType, resourceName }, { resources }) => {
  if (resourceName === '') invalidRequest('Group name must not be empty');
  return describeOwned(ResourceType.group, resources.get(resourceType, resourceName), resources);
};

const checkBrokerId = (name: string, expected: string, alternative: string): void => {
  if (name === expected) return;
  if (!/^-?\d+$/.test(name)) invalidRequest(`Broker id must be an integer, but it is: ${name}`);
  invalidRequest(`Unexpected broker id, expected ${expected}${alternative} but received ${name}`);
};

const unsupported: Describer = ({ resourceType }) =>
  invalidRequest(`The resource type ${resourceType} has no settings.`);

const describers: Record<number, Describer> = {
  [ResourceType.topic]: describeTopic,
  [ResourceType.broker]: describeNode,
  [ResourceType.logger]: describeLoggers,
  [ResourceType.clientMetrics]: describeMetrics,
  [ResourceType.group]: describeGroup,
};
