import { describe, expect, it } from '@jest/globals';
import { describeKafkaError } from './kafka-error.js';

describe('describeKafkaError', () => {
  it('names the brokers and the cause of a failed connection', () => {
    const refused = Object.assign(new Error('connect'), {
      name: 'KafkaJSConnectionError',
      code: 'ECONNREFUSED',
    });
    const wrapped = Object.assign(new Error('retries'), {
      name: 'KafkaJSNumberOfRetriesExceeded',
      cause: refused,
    });
    expect(describeKafkaError(wrapped, ['a:9092', 'b:9092'])).toBe(
      'no connection to Kafka at a:9092, b:9092 (ECONNREFUSED)',
    );
  });

  it('returns the message of any other error', () => {
    expect(describeKafkaError(new Error('The request is not authorized'), ['a:9092'])).toBe(
      'The request is not authorized',
    );
    expect(describeKafkaError('odd', [])).toBe('odd');
  });
});
