/** Why Kafka is unavailable, for people: the root cause, and the brokers for a failed connection. */
export function describeKafkaError(error: unknown, brokers: readonly string[]): string {
  const cause = innermost(error);
  const { name, code, message } = cause as { name?: string; code?: string; message?: string };
  if (name === 'KafkaJSRequestTimeoutError') return noAnswerReason(brokers);
  if (isConnectionProblem(name, code))
    return `no connection to Kafka at ${brokers.join(', ')} (${code ?? message})`;
  return message || String(cause);
}

export const noAnswerReason = (brokers: readonly string[]): string =>
  `Kafka at ${brokers.join(', ')} does not answer`;

/** What a broker refuses for good: the message itself, however often it is sent. */
const REFUSALS = new Set([
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_RECORD',
  'INVALID_TIMESTAMP',
  'CORRUPT_MESSAGE',
  'INVALID_TOPIC_EXCEPTION',
]);

/** Whether Kafka refused what was sent, and would again. */
export function isRefusal(error: unknown): boolean {
  const { type } = innermost(error) as { type?: string };
  return type !== undefined && REFUSALS.has(type);
}

function isConnectionProblem(name = '', code = ''): boolean {
  return /^KafkaJS(Connection|NoBroker|BrokerNotFound)/.test(name) || /^E[A-Z]+$/.test(code);
}

function innermost(error: unknown): unknown {
  const { cause, originalError } = Object(error) as { cause?: unknown; originalError?: unknown };
  const next = cause ?? originalError;
  return next instanceof Error && next !== error ? innermost(next) : error;
}
