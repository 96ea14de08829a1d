import { MsxError } from '../../terminal/errors/msx-error.js';
import { chooseServices } from '../../model/system/choose-services.js';
import type { Service, System } from '../../model/system/system.js';

/** The named GraphQL service (default: the only one). Throws UNKNOWN_SERVICE, NO_GATEWAY, USAGE. */
export function chooseGateway(system: System, name?: string): Service {
  const gateways = system.services.filter(({ kind }) => kind === 'graphql');
  const [first, second] = name === undefined ? gateways : chooseServices(system, [name]);
  if (!first) throw new MsxError('NO_GATEWAY', {});
  if (first.kind !== 'graphql')
    throw new MsxError('USAGE', {
      reason: `${first.name} is a ${first.kind} service, not a GraphQL service`,
    });
  if (second) {
    const names = gateways.map((gateway) => gateway.name).join(', ');
    throw new MsxError('USAGE', { reason: `there are several GraphQL services (${names}): name one` });
  }
  return first;
}

/** Its URL on this machine. Throws as `chooseGateway` does. */
export const gatewayUrl = (system: System, name?: string): string =>
  `http://127.0.0.1:${chooseGateway(system, name).port}/graphql`;
