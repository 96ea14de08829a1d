import { isIP } from 'node:net';
import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** What a quota is for: a user, a client id, both, or an address. A null name is the default for the type. */
export type QuotaEntity = ReadonlyMap<string, string | null>;

/** Kafka has no limit; a stranger must not fill the memory. */
const MAX_NAME_LENGTH = 1000;
const HOST_NAME = /^[a-zA-Z0-9][a-zA-Z0-9.-]*$/;

const refuse = (message: string): never => {
  throw new KafkaError(ErrorCode.INVALID_REQUEST, message);
};

export const isEntityType = (type: string): boolean => ['user', 'client-id', 'ip'].includes(type);

/** Throws INVALID_REQUEST: the checks of Apache Kafka's ClientQuotaControlManager. */
export const checkEntity = (entity: QuotaEntity): void => {
  if (entity.size === 0) refuse('Invalid empty client quota entity');
  for (const [type, name] of entity) {
    if (!isEntityType(type)) refuse(`Unhandled client quota entity type: ${type}`);
    if (name === '') refuse(`Empty ${type} not supported`);
    if (name && name.length > MAX_NAME_LENGTH) refuse(`a ${type} has at most ${MAX_NAME_LENGTH} characters`);
  }
  if (entity.has('ip') && entity.size > 1)
    refuse('Invalid quota entity combination, IP entity shouldnot be combined with User or ClientId');
  const address = entity.get('ip');
  if (address && !isIP(address) && !HOST_NAME.test(address))
    refuse(`${address} is not a valid IP or resolvable host.`);
};
