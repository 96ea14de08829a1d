export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

/** A line of a log, parsed as far as possible. */
export interface LogLine {
  text: string;
  /** Milliseconds since the epoch; absent if the line has no time. */
  time?: number;
  level?: Level;
  /** The record that pino wrote; absent if the line is not JSON. */
  record?: Record<string, unknown>;
  /** Whether it continues the line before it, like the frames of a stack. */
  continues: boolean;
}

/** Frames of a stack and other indented lines, closing brackets, and causes. */
const CONTINUES = /^(?:[\s}\]]|Caused by: )/;
/** The limit of dates in ECMA-262. */
const MAX_TIME = 8.64e15;

export function parseLine(text: string): LogLine {
  const record = text.startsWith('{') ? parseRecord(text) : undefined;
  if (!record) return { text, continues: text === '' || CONTINUES.test(text) };
  return { text, record, time: timeOf(record['time']), level: levelOf(record['level']), continues: false };
}

function parseRecord(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function timeOf(value: unknown): number | undefined {
  const time = typeof value === 'string' ? Date.parse(value) : value;
  return typeof time === 'number' && Math.abs(time) <= MAX_TIME ? time : undefined;
}

/** pino writes a label or, by default, a number: 10 for trace up to 60 for fatal. */
function levelOf(value: unknown): Level | undefined {
  if (typeof value === 'number') return LEVELS[Math.min(5, Math.max(0, Math.floor(value / 10) - 1))];
  return LEVELS.find((level) => level === value);
}
