import { describe, expect, it } from '@jest/globals';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { kafkaError } from './kafka-error.js';

const kafkajs = (name: string, facts: object = {}) => Object.assign(new Error('why'), { name, ...facts });

describe('an error of kafkajs', () => {
  it.each([
    ['KafkaJSConnectionError', {}, 'KAFKA_UNREACHABLE'],
    ['KafkaJSRequestTimeoutError', {}, 'KAFKA_UNREACHABLE'],
    ['KafkaJSSASLAuthenticationError', {}, 'KAFKA_DENIED'],
    ['KafkaJSProtocolError', { type: 'TOPIC_AUTHORIZATION_FAILED' }, 'KAFKA_DENIED'],
    ['KafkaJSNotImplemented', {}, 'RECORDS_UNREADABLE'],
    ['KafkaJSProtocolError', { type: 'INVALID_CONFIG' }, 'KAFKA_REFUSED'],
  ])('%s %j is %s', (name, facts, code) => {
    const error = kafkajs(name, facts);
    for (const each of [
      error,
      kafkajs('KafkaJSNumberOfRetriesExceeded', { cause: error }),
      kafkajs('KafkaJSAggregateError', { errors: [error] }),
      kafkajs('KafkaJSDeleteGroupsError', { groups: [{ error }] }),
    ])
      expect(kafkaError(each, 'a:1')).toMatchObject({ code });
  });

  it('is shown with its address, and with the name that Kafka gives it', () => {
    const error = kafkajs('KafkaJSProtocolError', { type: 'INVALID_CONFIG' });
    expect((kafkaError(error, 'a:1') as Error).message).toBe(
      'Kafka at a:1 refused the request: why (INVALID_CONFIG)',
    );
  });

  it('says what was refused, and what to do', () => {
    const error = kafkajs('KafkaJSProtocolError', { type: 'TOPIC_ALREADY_EXISTS' });
    const refusal = kafkaError(error, 'a:1', { doing: 'create the topic t', topic: 't' }) as MsxError;
    expect(refusal.message).toBe('Kafka at a:1 refused to create the topic t: why (TOPIC_ALREADY_EXISTS)');
    expect(refusal.suggestion).toContain('msx topics describe t');
  });

  it('is any other error unchanged', () => {
    const own = new MsxError('INTERRUPTED', {});
    const bug = new TypeError('a bug');
    expect([kafkaError(own, 'a:1'), kafkaError(bug, 'a:1')]).toEqual([own, bug]);
  });
});
