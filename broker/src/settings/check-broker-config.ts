import { ErrorCode } from '../wire/error-code.js';
import { brokerSettings, isDynamic, isPerBroker } from './broker-settings.js';
import { parseConfig, refuse } from './check-config.js';
import { CLUSTER } from './configured-resources.js';
import type { Config } from './setting.js';

const INSYNC = 'min.insync.replicas';

/**
 * Validates the settings of a broker, or the defaults of all brokers, as DynamicBrokerConfig does. Settings that Kafka
 * does not know are accepted, because plugins may define some. Throws INVALID_REQUEST or INVALID_CONFIG.
 */
export const checkBrokerConfig = (name: string, config: Config, before: Config): void => {
  const changed = Object.keys(config).filter((key) => config[key] !== before[key]);
  const known = changed.filter((key) => Object.hasOwn(brokerSettings, key));
  checkEligibleReplicas(name, config, before);
  const fixed = known.filter((key) => !isDynamic(key));
  if (fixed.length > 0)
    refuse(`Cannot update these configs dynamically: [${fixed.join(', ')}]`, ErrorCode.INVALID_REQUEST);
  const single = known.filter(isPerBroker);
  if (name === CLUSTER && single.length > 0)
    refuse(
      `Cannot update these configs at default cluster level, broker id must be specified: [${single.join(', ')}]`,
      ErrorCode.INVALID_REQUEST,
    );
  if (single.length > 0)
    refuse(
      `This broker takes its listeners and their security from its command line: [${single.join(', ')}]`,
      ErrorCode.INVALID_REQUEST,
    );
  checkValues(config);
};

/** With eligible leader replicas (KIP-966), min.insync.replicas is a setting of the whole cluster. */
const checkEligibleReplicas = (name: string, config: Config, before: Config): void => {
  if (name !== CLUSTER && config[INSYNC] !== undefined)
    refuse(`Broker-level ${INSYNC} cannot be altered while ELR is enabled.`);
  if (name === CLUSTER && before[INSYNC] !== undefined && config[INSYNC] === undefined)
    refuse(`Cluster-level ${INSYNC} cannot be removed while ELR is enabled.`);
};

/** Kafka answers an invalid value of a broker with another code than that of a topic. */
const checkValues = (config: Config): void => {
  try {
    parseConfig(config, brokerSettings);
  } catch (error) {
    refuse((error as Error).message, ErrorCode.INVALID_REQUEST);
  }
};
