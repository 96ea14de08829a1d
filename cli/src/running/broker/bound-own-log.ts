import { boundLogs } from '../drivers/process/cut-log.js';

/**
 * Loaded by a broker in the background before it starts: keeps its own log within the bounds of those of dev, since there
 * is no engine to do it. The path of the log is in the query: `bound-own-log.js?log=/…`.
 */
const log = new URL(import.meta.url).searchParams.get('log')!;
boundLogs(() => [{ log, group: process.pid }]);
