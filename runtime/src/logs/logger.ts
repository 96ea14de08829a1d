import type { LoggerService } from '@nestjs/common';
import { pino, stdTimeFunctions } from 'pino';
import type { DestinationStream, Level, Logger as Pino } from 'pino';
import { currentRequest } from '../requests/request-context.js';
import { maskPasswords, serializeError } from './serialize-error.js';

/** The fields that are redacted, at the top level and one level below. */
const SECRETS = ['password', 'passwordHash', 'password_hash', 'token', 'authorization', 'cookie', 'secret'];

/** The contexts in which Nest logs its own startup, of interest only for debugging Nest itself. */
const QUIET_CONTEXTS = new Set([
  'InstanceLoader',
  'NestFactory',
  'NestApplication',
  'NestMicroservice',
  'RoutesResolver',
  'RouterExplorer',
  'GraphQLModule',
]);

export interface LoggerOptions {
  readonly service: string;
  readonly level: string;
  /** The destination of the lines (default: standard output). */
  readonly destination?: DestinationStream;
}

/**
 * `logger.log('Created topics', { topics }, 'Kafka')`: text, fields and a context, as Nest's Logger passes them too; an
 * Error anywhere becomes `err`. Lines are JSON: `{ level: 'info', time, service, requestId?, traceId?, principal?,
 * context?, msg, err? }`. Lines are written synchronously, so that the last one before a crash is not lost.
 */
export class Logger implements LoggerService {
  readonly pino: Pino;
  private readonly plain: Pino;

  constructor({ service, level, destination = pino.destination({ dest: 1, sync: true }) }: LoggerOptions) {
    const plain = {
      level,
      base: { service },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label: string) => ({ level: label }) },
      mixin: requestFields,
    };
    const redacting = {
      serializers: { err: serializeError },
      redact: { paths: SECRETS.flatMap((name) => [name, `*.${name}`]), censor: '***' },
      hooks: { streamWrite: maskPasswords },
    };
    this.plain = pino(plain, destination);
    this.pino = pino({ ...plain, ...redacting }, destination);
  }

  /** Logs one line for each request; its few fields contain no secrets and skip redaction. */
  served(what: 'request' | 'call', fields: Readonly<Record<string, string | number>>, context: string): void {
    this.plain.info({ context, ...fields }, what);
  }

  log(message: unknown, ...rest: unknown[]): void {
    const context = contextOf(rest);
    this.write(context && QUIET_CONTEXTS.has(context) ? 'debug' : 'info', message, rest);
  }

  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  debug(message: unknown, ...rest: unknown[]): void {
    this.write('debug', message, rest);
  }

  verbose(message: unknown, ...rest: unknown[]): void {
    this.write('trace', message, rest);
  }

  fatal(message: unknown, ...rest: unknown[]): void {
    this.write('fatal', message, rest);
  }

  private write(level: Level, message: unknown, rest: unknown[]): void {
    if (!this.pino.isLevelEnabled(level)) return;
    const context = contextOf(rest);
    const err = [message, ...rest].find((value) => value instanceof Error);
    const fields = Object.assign({}, ...[message, ...rest].filter(isPlainObject)) as object;
    const stack =
      level === 'error' && rest.length > 1 && typeof rest.at(-2) === 'string' ? rest.at(-2) : undefined;
    const text =
      message instanceof Error ? message.message : typeof message === 'string' ? message : undefined;
    this.pino[level](
      { ...(context && { context }), ...fields, ...(err && { err }), ...(stack ? { stack } : {}) },
      text,
    );
  }
}

/** Nest appends the context of `new Logger('UserService')` as the last argument. */
function contextOf(rest: unknown[]): string | undefined {
  const last = rest.at(-1);
  return typeof last === 'string' ? last : undefined;
}

function isPlainObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !(value instanceof Error);
}

function requestFields(): object {
  const request = currentRequest();
  if (!request) return {};
  const { requestId, trace, identity } = request;
  return { requestId, traceId: trace.traceId, ...(identity && { principal: identity.principal.id }) };
}
