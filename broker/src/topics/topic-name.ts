import { ErrorCode, KafkaError } from '../wire/error-code.js';

const refuse = (why: string): never => {
  throw new KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, why);
};

/** Kafka's rule for names of topics; throws INVALID_TOPIC_EXCEPTION. */
export const checkTopicName = (name: string): void => {
  if (name === '') refuse('the name of a topic cannot be empty');
  if (name === '.' || name === '..') refuse(`a topic cannot be called "${name}"`);
  if (name.length > 249) refuse('the name of a topic has at most 249 characters');
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    refuse(`"${name.slice(0, 80)}" has other characters than letters, digits, ".", "_" and "-"`);
};
