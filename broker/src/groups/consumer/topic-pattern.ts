import { parsePattern } from './parse-pattern.js';
import type { Place, State } from './pattern-state.js';

/**
 * A pattern of topic names in the syntax of RE2, as SubscribedTopicRegex has it. It is an automaton that reads a name
 * once, because the patterns of strangers must not take exponential time, as they can with JavaScript's RegExp.
 */
export class TopicPattern {
  private readonly start: State;
  private readonly end: State = { next: [] };

  /** Throws InvalidPattern. */
  constructor(source: string) {
    this.start = parsePattern(source)(this.end);
  }

  /** Whether the pattern matches the whole name. */
  matches(name: string): boolean {
    let states = new Set([this.start]);
    for (let at = 0; at <= name.length; at++) {
      const reached = reachable(states, { before: name[at - 1], after: name[at] });
      if (at === name.length) return reached.has(this.end);
      states = new Set([...reached].flatMap(({ reads, next }) => (reads?.(name[at]!) ? next : [])));
      if (states.size === 0) return false;
    }
    return false;
  }
}

/** All states that can be reached without reading a character. */
const reachable = (states: Iterable<State>, place: Place): Set<State> => {
  const reached = new Set(states);
  for (const { reads, holds, next } of reached)
    if (!reads && (holds?.(place) ?? true)) for (const state of next) reached.add(state);
  return reached;
};
