import { parseAddress } from './address.js';

/**
 * What is wrong with the address of a broker, as a continuation of "it …". The Kafka client treats IPv6 addresses as
 * host names.
 */
export function brokerProblem(text: string): string | undefined {
  const parsed = parseAddress(text);
  if (typeof parsed === 'string') return parsed;
  return text.startsWith('[') ? 'has an IPv6 address; use a host name instead' : undefined;
}
