import { describe, expect, it } from '@jest/globals';
import { refusalAdvice } from './kafka-refusal.js';

const advice = (type: string, reason: string) =>
  refusalAdvice({ address: 'a:1', reason, type, topic: 'audit' });
const URL = 'What each setting allows: https://kafka.apache.org/documentation/#topicconfigs';

describe('the advice for what Kafka refuses', () => {
  it.each([
    ['Invalid value 5.5 for configuration retention.ms: Not a number of type LONG', `${URL}_retention.ms`],
    ['Unknown topic config name: retention.mss', URL],
    ['Configuration is invalid', URL],
  ])('leads to the documentation of the setting: %s', (reason, text) =>
    expect(advice('INVALID_CONFIG', reason)).toBe(text),
  );

  it('names the topic', () =>
    expect(advice('MESSAGE_TOO_LARGE', 'too large')).toContain('msx topics alter audit'));

  it('is none where there is none', () => {
    expect(advice('POLICY_VIOLATION', 'the policy says no')).toBeUndefined();
    expect(refusalAdvice({ address: 'a:1', reason: 'it says no' })).toBeUndefined();
  });
});
