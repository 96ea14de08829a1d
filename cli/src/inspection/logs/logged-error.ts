/** An error in the form that loggers write. */
export interface LoggedError {
  readonly message: string;
  readonly stack?: unknown;
  readonly cause?: unknown;
}

export const isLoggedError = (value: unknown): value is LoggedError =>
  typeof value === 'object' &&
  value !== null &&
  'message' in value &&
  typeof value.message === 'string' &&
  ('stack' in value || 'type' in value);

/** The stacks of all errors in a record, each followed by those of its causes. */
export function stacksOf(record: Readonly<Record<string, unknown>>): string[] {
  const { stack } = record;
  const own = typeof stack === 'string' ? [stack] : [];
  return [...own, ...Object.values(record).filter(isLoggedError).flatMap(stackOf)];
}

function stackOf(error: LoggedError): string[] {
  const { message, stack } = error;
  const text = typeof stack === 'string' ? stack : message;
  const whole = text.includes(message) ? text : `${message}\n${text}`;
  return [whole, ...causesOf(error).map((cause) => `Caused by: ${cause}`)];
}

/** The stack of an error may include those of its causes already. */
function causesOf({ stack, cause }: LoggedError): string[] {
  if (!isLoggedError(cause) || (typeof stack === 'string' && stack.includes(cause.message))) return [];
  return stackOf(cause);
}
