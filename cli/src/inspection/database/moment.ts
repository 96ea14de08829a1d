import type { HistoryEvent } from './service-history.js';

/** A place in a history: after an event, or at a time in milliseconds since 1970. */
export type Moment = { readonly version: number } | { readonly time: number };

/** The last of these events up to a moment; undefined before the first one. */
export function eventAt(events: readonly HistoryEvent[], moment: Moment): HistoryEvent | undefined {
  return events.findLast(({ version, at }) =>
    'version' in moment ? version <= moment.version : Date.parse(at) <= moment.time,
  );
}
