import { MsxError } from '../../terminal/errors/msx-error.js';

/** What kafkajs throws, as far as it is read here. */
interface KafkajsError {
  readonly name?: string;
  /** The code of the operating system. */
  readonly code?: string;
  /** The name of Kafka's error code. */
  readonly type?: string;
  readonly message?: string;
  readonly cause?: unknown;
  readonly originalError?: unknown;
  /** The errors of several topics or groups. */
  readonly errors?: readonly unknown[];
  readonly groups?: readonly { readonly error?: unknown }[];
}

/** What a request is for, as a refusal names it. */
export interface RequestName {
  /** As in `refused to create the topic audit`. */
  readonly doing: string;
  readonly topic?: string;
}

const CONNECTION = /^KafkaJS(Connection(Closed)?Error|RequestTimeoutError|NoBrokerAvailableError|Timeout)$/;
const DENIED = /AuthenticationError$|^SASL_AUTHENTICATION_FAILED$|AUTHORIZATION_FAILED$/;

/** What kafkajs or the broker reports, as an error of the catalogue; all other errors stay as they are. */
export function kafkaError(error: unknown, address: string, request?: RequestName): unknown {
  if (error instanceof MsxError) return error;
  const { name = '', type, message = String(error) } = rootOf(error);
  const options = { cause: error };
  if (!name.startsWith('KafkaJS')) return error;
  const reason = message.replace(/^Connection error: /, '');
  if (DENIED.test(type ?? name)) return new MsxError('KAFKA_DENIED', { address, reason }, options);
  if (name === 'KafkaJSNotImplemented') return new MsxError('RECORDS_UNREADABLE', { reason }, options);
  if (CONNECTION.test(name)) return new MsxError('KAFKA_UNREACHABLE', { address, reason }, options);
  return new MsxError(
    'KAFKA_REFUSED',
    { ...{ address, reason, ...request }, ...(type && { type }) },
    options,
  );
}

/** The error that others wrap, or the first one of several. */
function rootOf(error: unknown): KafkajsError {
  const { cause, originalError, errors, groups } = Object(error) as KafkajsError;
  const next = errors?.[0] ?? groups?.[0]?.error ?? cause ?? originalError;
  const wraps = next instanceof Error && next !== error && /^KafkaJS/.test(next.name);
  return wraps ? rootOf(next) : (Object(error) as KafkajsError);
}
