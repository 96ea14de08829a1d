import { DomainError } from '../../errors/domain-error.js';
import { maskPasswords } from '../../logs/serialize-error.js';
import { headerOf } from '../messages/cloud-event.js';
import { MAX_HEADER_BYTES, MAX_HEADERS, MAX_KEY_BYTES, MAX_VALUE_BYTES } from '../messages/message-limits.js';
import { MAX_REPLAY_BYTES, REPLAY_HEADERS } from '../messages/replay-headers.js';
import type { ReplayHeader } from '../messages/replay-headers.js';
import { toHeaders } from '../messages/wire-message.js';
import type { ReceivedMessage, WireHeaders, WireMessage } from '../messages/wire-message.js';

const MAX_ERROR_LENGTH = 1000;
const MAX_STACK_LENGTH = 4000;

export function deadLetterTopic(topic: string, group: string): string {
  return `${topic}.${group}.dlq`;
}

export interface DeadLetterCause {
  readonly group: string;
  readonly error: unknown;
  readonly attempts: number;
  readonly time: Date;
  /** The version of the service. */
  readonly version?: string | undefined;
  /** The id of the trace that the attempts were logged with. */
  readonly trace?: string | undefined;
  /** The handler that failed; undefined when the message could not be parsed. */
  readonly handler?: string | undefined;
}

const LETTER_HEADERS = [
  ...['error-code', 'error-message', 'error-stack', 'error-attempts', 'error-handler', 'error-cut'],
  ...['error-service', 'error-version', 'error-time', 'error-trace'],
  ...['error-deaths', 'error-first-letter', 'error-first-time', 'error-replayed-by', 'error-edited-from'],
  ...['original-topic', 'original-partition', 'original-offset'],
];

/** The names of headers that only msx writes: those of a received message are not copied into its dead letter. */
const RESERVED: ReadonlySet<string> = new Set([...LETTER_HEADERS, ...REPLAY_HEADERS]);

/**
 * The original message with the cause in its headers (runtime/README.md lists them). It always fits into Kafka: what is too
 * large is cut and named in `error-cut` (`key`, `value`, `headers`); `original-topic`, `original-partition` and
 * `original-offset` say where to find all of it.
 */
export function toDeadLetter(message: ReceivedMessage, cause: DeadLetterCause): WireMessage {
  const { topic, partition, offset } = message;
  const { key, value, headers, cut } = fitting(message);
  const details = {
    ...causeHeaders(cause),
    'original-topic': topic,
    'original-partition': String(partition),
    'original-offset': offset,
    ...historyHeaders(message),
    ...(cut.length > 0 && { 'error-cut': cut.join() }),
  };
  return {
    topic: deadLetterTopic(topic, cause.group),
    key,
    value,
    headers: [...headers, ...toHeaders(details)],
  };
}

function causeHeaders({ group, error, attempts, time, version, trace, handler }: DeadLetterCause) {
  const isError = error instanceof Error;
  return {
    'error-code': error instanceof DomainError ? error.reason : isError ? error.name : 'Error',
    'error-message': bounded(isError ? error.message : String(error), MAX_ERROR_LENGTH),
    ...(isError && error.stack && { 'error-stack': bounded(error.stack, MAX_STACK_LENGTH) }),
    'error-attempts': String(attempts),
    ...(handler && { 'error-handler': handler }),
    'error-service': group,
    ...(version && { 'error-version': version }),
    'error-time': time.toISOString(),
    ...(trace && { 'error-trace': trace }),
  };
}

/** How often the event has died, and where its first letter is. */
function historyHeaders(message: ReceivedMessage) {
  const header = (name: ReplayHeader): string | undefined =>
    headerOf(message, name)?.slice(0, MAX_REPLAY_BYTES);
  const before = Number(header('replay-deaths') ?? 0);
  const history = {
    'error-deaths': String(Number.isSafeInteger(before) && before > 0 ? before + 1 : 1),
    'error-first-letter': header('replay-first-letter'),
    'error-first-time': header('replay-first-time'),
    'error-replayed-by': header('replay-by'),
    'error-edited-from': header('replay-edited-from'),
  };
  const known = Object.entries(history).filter((each): each is [string, string] => each[1] !== undefined);
  return Object.fromEntries(known);
}

function bounded(text: string, length: number): string {
  return maskPasswords(text).slice(0, length);
}

function fitting({ key, value, headers: received }: ReceivedMessage) {
  const headers = received.filter(([name]) => !RESERVED.has(name));
  const kept = {
    key: key && key.length > MAX_KEY_BYTES ? key.subarray(0, MAX_KEY_BYTES) : key,
    value: value && value.length > MAX_VALUE_BYTES ? null : value,
    headers: firstHeaders(headers),
  };
  const cut = [
    ...(kept.key !== key ? ['key'] : []),
    ...(kept.value !== value ? ['value'] : []),
    ...(kept.headers.length < headers.length ? ['headers'] : []),
  ];
  return { ...kept, cut };
}

/** Those within the limits, in their order; one that does not fit does not exclude those after it. */
function firstHeaders(headers: WireHeaders): WireHeaders {
  let bytes = 0;
  return headers
    .filter(([name, value]) => {
      const size = Buffer.byteLength(name) + (value?.length ?? 0);
      if (bytes + size > MAX_HEADER_BYTES) return false;
      bytes += size;
      return true;
    })
    .slice(0, MAX_HEADERS);
}
