export { startLocalKafka as startBroker } from './testing/start-local-kafka.js';
export type { LocalKafka, LocalKafkaOptions } from './testing/local-kafka.js';
export type { ListenerOptions, SecurityOptions } from './security/listener-options.js';
export { InvalidFault, type ErrorName, type Faults } from './testing/faults.js';
export type { ApiName } from './testing/api-name.js';
export type { Message, NewMessage } from './testing/message.js';
export type { MessageOptions, TopicOptions } from './testing/topic-client.js';
export { jsonLines, type Level, type Log } from './log-line.js';
