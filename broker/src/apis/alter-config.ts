import { checkBrokerConfig } from '../settings/check-broker-config.js';
import { checkConnectionBounds } from '../settings/connection-bounds.js';
import { checkClientMetrics } from '../settings/check-client-metrics.js';
import { checkTopicConfig, refuse } from '../settings/check-config.js';
import { checkGroupConfig } from '../settings/check-group-config.js';
import { ResourceType } from '../settings/config-source.js';
import { CLUSTER } from '../settings/configured-resources.js';
import type { Config } from '../settings/setting.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Context } from './handler.js';

export interface Resource {
  readonly resourceType: number;
  readonly resourceName: string;
  readonly configs: readonly { readonly name: string; readonly value: string | null }[];
}

/** A resource whose settings can be changed. */
interface Target {
  readonly before: Config;
  check(config: Config): void;
  store(config: Config): void;
}

const invalidRequest = (message: string): never => refuse(message, ErrorCode.INVALID_REQUEST);

/** Changes the settings of a resource with `change`, or only validates them; returns the response for it. */
export const alterConfig = (
  { resourceType, resourceName }: Resource,
  change: (before: Config) => Config,
  context: Context & { validateOnly: boolean },
) =>
  attempt(
    context,
    () => {
      const { before, check, store } = targetOf(resourceType, resourceName, context);
      const config = change(before);
      check(config);
      if (!context.validateOnly) store(config);
      return { resourceType, resourceName, errorMessage: null };
    },
    (failure) => ({ resourceType, resourceName, ...failure }),
  );

/** Throws INVALID_REQUEST if the request has a resource twice, a setting twice, or a value that is missing. */
export const checkResource = (resource: Resource, all: readonly Resource[], needsValue: string[]): void => {
  const isSame = (other: Resource): boolean =>
    other.resourceType === resource.resourceType && other.resourceName === resource.resourceName;
  if (all.filter(isSame).length > 1) invalidRequest('Each resource must appear at most once.');
  if (new Set(resource.configs.map(({ name }) => name)).size < resource.configs.length)
    invalidRequest('Error due to duplicate config keys');
  if (needsValue.length > 0) invalidRequest(`Null value not supported for : ${needsValue.join(',')}`);
};

const targetOf = (type: number, name: string, { broker }: Context): Target => {
  const { resources, topics } = broker;
  const stored = (check: (config: Config) => void): Target => ({
    before: resources.get(type, name),
    check,
    store: (config) => resources.set(type, name, config),
  });
  if (type === ResourceType.topic) {
    if (name === '') invalidRequest('Default topic resources are not allowed.');
    const topic =
      topics.get(name) ?? refuse(`The topic '${name}' does not exist.`, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION);
    return {
      before: topic.config,
      check: checkTopicConfig,
      store: (config) => topics.configure(topic, config),
    };
  }
  if (type === ResourceType.broker) {
    checkNodeId(name, resources.nodeId);
    return stored((config) => {
      checkBrokerConfig(name, config, resources.get(type, name));
      checkConnectionBounds(
        (setting) => config[setting] ?? resources.valueOf(setting),
        ErrorCode.INVALID_REQUEST,
      );
    });
  }
  if (type === ResourceType.clientMetrics) {
    if (name === '') invalidRequest("Subscription name can't be empty");
    return stored(checkClientMetrics);
  }
  if (type === ResourceType.group) {
    if (name === '') invalidRequest('Default group resources are not allowed.');
    return stored((config) => checkGroupConfig(config, resources));
  }
  return invalidRequest(`Unknown resource type ${type}`);
};

const checkNodeId = (name: string, nodeId: number): void => {
  if (name === CLUSTER || name === String(nodeId)) return;
  if (!/^-?\d+$/.test(name)) invalidRequest(`Node id must be an integer, but it is: ${name}`);
  invalidRequest(`Unexpected broker id, expected ${nodeId}, but received ${name}`);
};
