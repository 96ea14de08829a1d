import { ErrorCode, KafkaError } from '../wire/error-code.js';

const MAX_LENGTH = 249;

const refuse = (why: string): never => {
  throw new KafkaError(ErrorCode.INVALID_TOPIC_EXCEPTION, `Topic name is invalid: ${why}`);
};

/** Validates a topic name by Kafka's rules; throws INVALID_TOPIC_EXCEPTION. */
export const checkTopicName = (name: string): void => {
  if (name === '') refuse('the empty string is not allowed');
  if (name === '.' || name === '..') refuse(`'${name}' is not allowed`);
  const shown = name.slice(0, 1000);
  if (name.length > MAX_LENGTH)
    refuse(`the length of '${shown}' is longer than the max allowed length ${MAX_LENGTH}`);
  if (!/^[a-zA-Z0-9._-]+$/.test(name))
    refuse(`'${shown}' contains one or more characters other than ASCII alphanumerics, '.', '_' and '-'`);
};
