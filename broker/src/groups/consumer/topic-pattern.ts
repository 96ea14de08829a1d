import { parsePattern } from './parse-pattern.js';
import type { Place, State } from './pattern-state.js';

/** All that can be known of a name after some of its characters, and what follows from the next one. */
interface Step {
  readonly states: ReadonlySet<State>;
  /** A character that stands for all of its kind, as places only tell letters from other characters. */
  readonly before: string | undefined;
  readonly next: Map<string, Step>;
  isEnd?: boolean;
}

/** With more steps than this, they are forgotten: a pattern can have exponentially many. */
const MAX_STEPS = 1000;

/**
 * A pattern of topic names in the syntax of RE2, as SubscribedTopicRegex has it. It is an automaton that reads a name
 * once, because the patterns of strangers must not take exponential time, as they can with JavaScript's RegExp.
 */
export class TopicPattern {
  private readonly start: State;
  private readonly end: State = { next: [] };
  private readonly ids = new Map<State, number>();
  private readonly steps = new Map<string, Step>();

  /** Throws InvalidPattern. */
  constructor(source: string) {
    this.start = parsePattern(source)(this.end);
  }

  /** Whether the pattern matches the whole name. */
  matches(name: string): boolean {
    let step = this.step(new Set([this.start]), undefined);
    for (const char of name) {
      step = step.next.get(char) ?? this.follow(step, char);
      if (step.states.size === 0) return false;
    }
    step.isEnd ??= reachable(step.states, { before: step.before, after: undefined }).has(this.end);
    return step.isEnd;
  }

  private follow(step: Step, char: string): Step {
    const reached = reachable(step.states, { before: step.before, after: char });
    const states = new Set([...reached].flatMap(({ reads, next }) => (reads?.(char) ? next : [])));
    const following = this.step(states, /\w/.test(char) ? 'a' : '-');
    step.next.set(char, following);
    return following;
  }

  /** The step with these states, which is made once. */
  private step(states: ReadonlySet<State>, before: string | undefined): Step {
    const ids = [...states].map((state) => this.idOf(state)).sort((a, b) => a - b);
    const key = `${before} ${ids.join()}`;
    const known = this.steps.get(key);
    if (known) return known;
    const step = { states, before, next: new Map<string, Step>() };
    if (this.steps.size >= MAX_STEPS) this.steps.clear();
    this.steps.set(key, step);
    return step;
  }

  private idOf(state: State): number {
    const id = this.ids.get(state) ?? this.ids.size;
    this.ids.set(state, id);
    return id;
  }
}

/** All states that can be reached without reading a character. */
const reachable = (states: Iterable<State>, place: Place): Set<State> => {
  const reached = new Set(states);
  for (const { reads, holds, next } of reached)
    if (!reads && (holds?.(place) ?? true)) for (const state of next) reached.add(state);
  return reached;
};
