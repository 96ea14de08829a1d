import { ResourceType } from '../settings/config-source.js';
import type { Broker } from '../broker.js';
import { ErrorCode } from '../wire/error-code.js';
import { listConfigResources } from './74-list-config-resources.js';
import type { Handler } from './handler.js';

/** No types stand for all of them. */
export const answerListConfigResources: Handler<typeof listConfigResources> = (request, context) => {
  const { clientMetrics } = ResourceType;
  const types = context.version === 0 ? [clientMetrics] : request.resourceTypes;
  const wanted = types.length > 0 ? types : Object.keys(listers).map(Number);
  if (wanted.some((type) => !listers[type]))
    return { errorCode: ErrorCode.UNSUPPORTED_VERSION, configResources: [] };
  const found = [...new Set(wanted)].flatMap((resourceType) =>
    listers[resourceType]!(context.broker).map((resourceName) => ({ resourceName, resourceType })),
  );
  return { configResources: found };
};

const node = ({ resources }: Broker): string[] => [String(resources.nodeId)];

const listers: Record<number, (broker: Broker) => string[]> = {
  [ResourceType.topic]: ({ topics }) => topics.all().map(({ name }) => name),
  [ResourceType.broker]: node,
  [ResourceType.logger]: node,
  [ResourceType.clientMetrics]: ({ resources }) => resources.names(ResourceType.clientMetrics),
  [ResourceType.group]: ({ resources }) => resources.names(ResourceType.group),
};
