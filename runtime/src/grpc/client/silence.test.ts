import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { silenceText } from './silence.js';

describe('the reason for an unanswered call', () => {
  it.each([
    [
      'No connection established. Last error: No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:50051. Resolution note: ',
      'no connection: connect ECONNREFUSED 127.0.0.1:50051',
    ],
    ['Connection dropped', 'it does not answer'],
    [
      'No connection established. Last error: unable to verify the first certificate. Resolution note: ',
      'no connection: unable to verify the first certificate',
    ],
  ])('is its cause: %s', (details, text) => {
    expect(silenceText({ code: status.UNAVAILABLE, details })).toBe(text);
  });

  it.each([
    'Deadline exceeded after 2.000s,LB pick: 0.024s,remote_addr=127.0.0.1:50052',
    'Deadline exceeded after 2.003s,name resolution: 0.000s,metadata filters: 0.000s',
    'Deadline exceeded after 2.001s,Waiting for LB pick',
  ])('is the same each time while it hangs: %s', (details) => {
    expect(silenceText({ code: status.DEADLINE_EXCEEDED, details })).toBe('it does not answer');
  });
});
