import { ErrorCode, KafkaError } from '../wire/error-code.js';

const refuse = (why: string): never => {
  throw new KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, why);
};

/** Validates a topic name by Kafka's rules; throws INVALID_TOPIC_EXCEPTION. */
export const checkTopicName = (name: string): void => {
  if (name === '') refuse('a topic name must not be empty');
  if (name === '.' || name === '..') refuse(`a topic name must not be "${name}"`);
  if (name.length > 249) refuse('a topic name must have at most 249 characters');
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    refuse(`"${name.slice(0, 80)}" has characters other than letters, digits, ".", "_" and "-"`);
};
