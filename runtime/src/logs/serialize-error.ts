/**
 * The logged fields of an error; others are left out, because errors carry query parameters, requests and other
 * secrets.
 */
export interface LoggedError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  readonly code?: string | number;
  readonly cause?: LoggedError;
}

/** The password of `scheme://user:password@host`. */
const URL_PASSWORD = /(\w+:\/\/[^\s:/@]*):[^\s@/]+@/g;

export function serializeError(error: unknown): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const { code } = error as { code?: unknown };
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: error.message,
    ...(error.stack && { stack: error.stack }),
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(error.cause instanceof Error && { cause: serializeError(error.cause) }),
  };
}

export function maskPasswords(text: string): string {
  return text.replace(URL_PASSWORD, '$1:***@');
}
