import { isId, rankOfId, shortId } from './ids.js';
import { isLoggedError } from './logged-error.js';
import { durationText, shortValue, valueText, wordText } from './value-text.js';

/** The content of a record besides its time, level and message, in the order of interest to a person. */
export interface Facts {
  /** Operation, outcome and duration: values that are clear without their names. */
  readonly words: readonly string[];
  readonly fields: readonly Field[];
  readonly ids: readonly Field[];
}

export interface Field {
  readonly key: string;
  readonly value: string;
}

interface Options {
  /** The service that wrote the log. */
  readonly service: string;
  /** Whether to show everything in full length. */
  readonly wide: boolean;
}

type LogRecord = Readonly<Record<string, unknown>>;
type Property = [key: string, value: unknown];

const DURATIONS = ['ms', 'durationMs', 'elapsedMs', 'responseTime'];
const WORDS = [
  ...['method', 'operation', 'path', 'route', 'url'],
  ...['status', 'statusCode', 'outcome', 'code'],
  ...DURATIONS,
  'duration',
];
/** The same in every line of a process or of a component. */
const NOISE = new Set(['pid', 'hostname', 'name', 'version', 'v', 'context']);
/** Shown below the line, see logged-error.ts. */
const ATTACHED = new Set(['message', 'stack', 'cause']);

export function factsOf(record: LogRecord, { service, wide }: Options): Facts {
  const words = WORDS.flatMap((key) => {
    const text = wordOf(key, record[key], wide);
    return text === undefined ? [] : [{ key, text }];
  });
  const shown = new Set(['level', 'time', 'stack', messageKey(record), ...words.map(({ key }) => key)]);
  const isNoise = ([key, value]: Property) =>
    NOISE.has(key) || (key === 'service' && service.startsWith(String(value)));
  const others = Object.entries(record)
    .filter((property) => !shown.has(property[0]) && (wide || !isNoise(property)))
    .flatMap(propertiesOf);
  const ids = others.filter(isIdProperty).sort(([a], [b]) => rankOfId(a) - rankOfId(b));
  const fields = others.filter((property) => !isIdProperty(property));
  return {
    words: words.map(({ text }) => text),
    fields: fields.map(([key, value]) => ({
      key: valueText(key),
      value: wide ? valueText(value) : shortValue(value),
    })),
    ids: ids.map(([key, value]) => (wide ? { key: valueText(key), value } : shortId(key, value))),
  };
}

/** `msg` in pino, `message` in other loggers. */
export function messageOf(record: LogRecord): string {
  const message = record[messageKey(record)];
  return typeof message === 'string' ? message : '';
}

const messageKey = (record: LogRecord) =>
  typeof record['msg'] !== 'string' && typeof record['message'] === 'string' ? 'message' : 'msg';

function wordOf(key: string, value: unknown, wide: boolean): string | undefined {
  return DURATIONS.includes(key) && typeof value === 'number' ? durationText(value, wide) : wordText(value);
}

const isIdProperty = (property: Property): property is [string, string] => isId(...property);

/** For an error, only the properties that are not shown below the line. */
function propertiesOf([key, value]: Property): Property[] {
  if (!isLoggedError(value)) return [[key, value]];
  return Object.entries(value)
    .filter(([name]) => !ATTACHED.has(name) && name !== 'type')
    .map(([name, part]) => [`${key}.${name}`, part]);
}
