import { describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { silenceText } from './silence.js';

describe('what is said of a service that does not answer', () => {
  it.each([
    [
      'No connection established. Last error: No connection established. Last error: Error: connect ECONNREFUSED 127.0.0.1:50051. Resolution note: ',
      '14 UNAVAILABLE: connect ECONNREFUSED 127.0.0.1:50051',
    ],
    ['Connection dropped', '14 UNAVAILABLE: Connection dropped'],
  ])('is its cause: %s', (details, text) => {
    expect(silenceText({ code: status.UNAVAILABLE, details })).toBe(text);
  });

  it('is how long it was waited for, not how the connection was chosen', () => {
    const details = 'Deadline exceeded after 2.000s,LB pick: 0.024s,remote_addr=127.0.0.1:50052';
    const text = silenceText({ code: status.DEADLINE_EXCEEDED, details });
    expect(text).toBe('4 DEADLINE_EXCEEDED: Deadline exceeded after 2.000s');
  });
});
