import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { apiNames } from './api-name.js';
import { nextFate, noFaults, type FaultPlan } from './fault-plan.js';

const api = fc.constantFrom(...apiNames.slice(0, 3));
const plans: fc.Arbitrary<FaultPlan> = fc.record({
  isPaused: fc.boolean(),
  delays: fc.array(fc.record({ api: fc.option(api, { nil: undefined }), ms: fc.nat(9) }), { maxLength: 3 }),
  errors: fc.array(
    fc.record({ api, errorCode: fc.integer({ min: 1, max: 9 }), times: fc.integer({ min: 1, max: 3 }) }),
    {
      maxLength: 4,
    },
  ),
});

it('every injected error occurs as often as requested, in order, and nothing else does', () => {
  fc.assert(
    fc.property(plans, fc.array(api, { maxLength: 40 }), (plan, requests) => {
      const seen = new Map<string, number[]>();
      let now = plan;
      for (const request of requests) {
        const [next, { errorCode = 0, delayMs }] = nextFate(now, request);
        seen.set(request, [...(seen.get(request) ?? []), errorCode]);
        const delays = plan.delays.filter((delay) => (delay.api ?? request) === request);
        expect(delayMs).toBe(delays.reduce((sum, { ms }) => sum + ms, 0));
        now = next;
      }
      for (const [name, codes] of seen) {
        const due = plan.errors
          .filter((error) => error.api === name)
          .flatMap(({ errorCode, times }) => Array<number>(times).fill(errorCode));
        expect(codes).toEqual(codes.map((_, at) => due[at] ?? 0));
      }
    }),
  );
});

it('an error without a number of times does not end', () => {
  let plan: FaultPlan = { ...noFaults, errors: [{ api: 'Fetch', errorCode: 5, times: Infinity }] };
  for (let request = 0; request < 100; request++) {
    const [next, { errorCode }] = nextFate(plan, 'Fetch');
    expect(errorCode).toBe(5);
    plan = next;
  }
});
