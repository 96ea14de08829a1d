import { ErrorCode, KafkaError } from '../wire/error-code.js';
import type { QuotaEntity } from './quota-entity.js';

type QuotaType = 'double' | 'int' | 'long';

/** The quotas of a user or client id, and those of an address: Apache Kafka's QuotaConfig. */
const ofClients: Record<string, QuotaType> = {
  consumer_byte_rate: 'long',
  controller_mutation_rate: 'double',
  producer_byte_rate: 'long',
  request_percentage: 'double',
};
const ofAddresses: Record<string, QuotaType> = { connection_creation_rate: 'int' };

const MAX: Record<QuotaType, number> = { double: Number.MAX_VALUE, int: 2 ** 31 - 1, long: 2 ** 63 };
const EPSILON = 1e-6;

const refuse = (message: string): never => {
  throw new KafkaError(ErrorCode.INVALID_REQUEST, message);
};

/** Throws INVALID_REQUEST. */
export const checkQuota = (entity: QuotaEntity, name: string, value: number): void => {
  const types = entity.has('ip') ? ofAddresses : ofClients;
  const type = Object.hasOwn(types, name) ? types[name]! : refuse(`Invalid configuration key ${name}`);
  if (!(value > 0)) refuse(`Quota ${name} must be greater than 0`);
  if (value > MAX[type]) refuse(`Proposed value for ${name} is too large for ${ARTICLE[type]}.`);
  if (type !== 'double' && Math.abs(value - Math.round(value)) > EPSILON)
    refuse(`${name} cannot be a fractional value.`);
};

const ARTICLE: Record<QuotaType, string> = { double: 'a DOUBLE', int: 'an INT', long: 'a LONG' };
