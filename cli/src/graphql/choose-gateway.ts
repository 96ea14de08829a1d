import { MsxError } from '../errors/msx-error.js';
import { chooseServices } from '../system/choose-services.js';
import type { Service, System } from '../system/system.js';

/** The GraphQL service of that name; the only one unless named. Throws UNKNOWN_SERVICE, NO_GATEWAY, USAGE. */
export function chooseGateway(system: System, name?: string): Service {
  const gateways = system.services.filter(({ kind }) => kind === 'graphql');
  const [first, second] = name === undefined ? gateways : chooseServices(system, [name]);
  if (!first) throw new MsxError('NO_GATEWAY', {});
  if (first.kind !== 'graphql')
    throw new MsxError('USAGE', { reason: `${first.name} is no GraphQL service, but a ${first.kind} one` });
  if (second) {
    const names = gateways.map((gateway) => gateway.name).join(', ');
    throw new MsxError('USAGE', { reason: `there are several GraphQL services (${names}): name one` });
  }
  return first;
}
