import type { Ansis } from 'ansis';
import type { HistoryEvent } from '../../inspection/database/service-history.js';
import { escapedJson, escapedText } from '../text/escaped-text.js';

type State = Readonly<Record<string, unknown>>;

/** The events of an aggregate, and below each the fields of its state that it changed. */
export function historyReport(events: readonly HistoryEvent[], colours: Ansis): string {
  return events
    .map((event, n) => eventReport(event, changed(events[n - 1]?.state ?? {}, event.state), colours))
    .join('\n');
}

/** One event, and all fields of the state after it. */
export function stateReport(event: HistoryEvent, colours: Ansis): string {
  return eventReport(event, event.state, colours);
}

function eventReport({ version, at, type, actor }: HistoryEvent, state: State, colours: Ansis): string {
  const by = actor === null ? '' : ` by ${escapedText(actor)}`;
  const fields = Object.entries(state).map(([name, value]) => `  ${colours.dim(name)} ${escapedJson(value)}`);
  return [`${version}  ${at}  ${colours.bold(escapedText(type))}${by}`, ...fields].join('\n');
}

function changed(before: State, after: State): State {
  const names = [...new Set([...Object.keys(after), ...Object.keys(before)])];
  const entries = names
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => [name, after[name] ?? null]);
  return Object.fromEntries(entries) as State;
}
