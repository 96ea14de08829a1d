import type { ApiName } from './api-name.js';

/** The faults that are injected into the broker. */
export interface FaultPlan {
  /** Requests wait until the broker is resumed. */
  readonly isPaused: boolean;
  readonly delays: readonly Delay[];
  readonly errors: readonly InjectedError[];
}

export interface Delay {
  /** Undefined for all APIs. */
  readonly api?: ApiName | undefined;
  readonly ms: number;
}

export interface InjectedError {
  readonly api: ApiName;
  readonly errorCode: number;
  /** How many more requests fail; Infinity for all. */
  readonly times: number;
}

export const noFaults: FaultPlan = { isPaused: false, delays: [], errors: [] };

/** What happens to a request. */
export interface Fate {
  readonly delayMs: number;
  /** The request has no effect and is answered with this error. */
  readonly errorCode?: number;
}

/** Decides about the next request of an API. Errors are used up in the order in which they were injected. */
export const nextFate = (plan: FaultPlan, api: string): [FaultPlan, Fate] => {
  const delays = plan.delays.filter((delay) => delay.api === undefined || delay.api === api);
  const delayMs = delays.reduce((sum, { ms }) => sum + ms, 0);
  const error = plan.errors.find((each) => each.api === api);
  if (!error) return [plan, { delayMs }];
  const errors = plan.errors
    .map((each) => (each === error ? { ...each, times: each.times - 1 } : each))
    .filter(({ times }) => times > 0);
  return [
    { ...plan, errors },
    { delayMs, errorCode: error.errorCode },
  ];
};
