/** The headers in which runtime says why a message died (runtime/README.md lists them). */
const LETTER_HEADERS = new Set([
  ...['error-code', 'error-message', 'error-stack', 'error-attempts', 'error-handler', 'error-cut'],
  ...['error-service', 'error-version', 'error-time', 'error-trace'],
  ...['error-deaths', 'error-first-letter', 'error-first-time', 'error-replayed-by', 'error-edited-from'],
  ...['original-topic', 'original-partition', 'original-offset'],
]);

/** Whether a header of a letter says why it is one: all others are those of its message. */
export const isLetterHeader = (name: string): boolean => LETTER_HEADERS.has(name);
