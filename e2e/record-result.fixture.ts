import { storeResult } from '../broker/scripts/compatibility.mjs';

export interface ClientResult {
  readonly suite: string;
  readonly client: string;
  readonly version: string;
  readonly passed: number;
  readonly total: number;
}

/** Stores the result of a client for the README of the broker, when RECORD_COMPATIBILITY is set. */
export const recordResult = (result: ClientResult): void => {
  if (process.env['RECORD_COMPATIBILITY']) storeResult(result);
};
