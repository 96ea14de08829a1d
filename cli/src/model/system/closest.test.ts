import { describe, expect, it } from '@jest/globals';
import { closest } from './closest.js';

describe('the closest candidate', () => {
  it.each([
    ['kafak', 'kafka'],
    ['order-servce', 'order-service'],
    ['Gateway', undefined],
    ['oder-service', 'order-service'],
    ['', undefined],
    ['warehouse', undefined],
  ])('to %j is %j', (text, expected) => {
    expect(closest(text, ['kafka', 'order-service', 'user-service', 'api-gateway'])).toBe(expected);
  });
});
