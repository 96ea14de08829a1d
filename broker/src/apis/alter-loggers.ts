import { refuse } from '../settings/check-config.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { checkResource } from './alter-config.js';
import { attempt, type Context } from './handler.js';

type Resource = RequestOf<typeof incrementalAlterConfigs>['resources'][number];
type Change = Resource['configs'][number];

/** The only logger. */
const ROOT = 'root';
const LEVELS = ['DEBUG', 'ERROR', 'FATAL', 'INFO', 'TRACE', 'WARN'];
const SET = 0;
const DELETE = 1;
const LIST_OPERATIONS: Record<number, string> = { 2: 'APPEND', 3: 'SUBTRACT' };

/** Changes the log level of the broker while it runs (KIP-412), with Kafka's checks in their order. */
export const alterLoggers = (
  resource: Resource,
  all: readonly Resource[],
  { broker, validateOnly }: Pick<Context, 'broker'> & { validateOnly: boolean },
) => {
  const { resourceType, resourceName, configs } = resource;
  return attempt(
    { broker },
    () => {
      const missing = configs.filter(
        ({ value, configOperation }) => value === null && configOperation !== DELETE,
      );
      checkResource(
        resource,
        all,
        missing.map(({ name }) => name),
      );
      checkNodeId(resourceName, broker.nodeId);
      for (const change of configs) checkChange(change);
      if (!validateOnly) for (const { value } of configs) broker.logThreshold.level = value!.toLowerCase();
      return { resourceType, resourceName, errorMessage: null };
    },
    (failure) => ({ resourceType, resourceName, ...failure }),
  );
};

const invalidRequest = (message: string): never => refuse(message, ErrorCode.INVALID_REQUEST);

const checkNodeId = (name: string, nodeId: number): void => {
  if (name === String(nodeId)) return;
  if (!/^-?\d+$/.test(name)) invalidRequest(`Node id must be an integer, but it is: ${name}`);
  invalidRequest(`Unexpected node id. Expected ${nodeId}, but received ${name}`);
};

const checkChange = ({ name, value, configOperation }: Change): void => {
  const operation = LIST_OPERATIONS[configOperation];
  if (operation) invalidRequest(`${operation} operation is not allowed for the BROKER_LOGGER resource`);
  if (configOperation !== SET && configOperation !== DELETE)
    refuse(`Unknown operation ${configOperation}`, ErrorCode.UNKNOWN_SERVER_ERROR);
  if (name !== ROOT) refuse(`Logger ${name} does not exist!`);
  if (configOperation === DELETE) invalidRequest('Removing the log level of the root logger is not allowed');
  if (!LEVELS.includes(value!))
    refuse(
      `Cannot set the log level of ${name} to ${value} as it is not a supported log level. Valid log levels are ${LEVELS.join(', ')}`,
    );
};
