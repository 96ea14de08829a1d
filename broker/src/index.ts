export { startBroker, type BrokerOptions, type RunningBroker } from './start-broker.js';
export { jsonLines, type Log } from './log-line.js';
