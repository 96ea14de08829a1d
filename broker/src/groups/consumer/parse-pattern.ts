import { anyClass, classIn, escapedClass, type CharTest } from './pattern-class.js';
import { InvalidPattern, PatternReader } from './pattern-reader.js';
import type { Place, State } from './pattern-state.js';

/** A part of a pattern: given the state that follows it, the state that begins it. */
type Part = (following: State) => State;

/** RE2 refuses larger repetitions, too. */
const MAX_REPETITIONS = 1000;
/** A pattern with more states is refused: repetitions in repetitions multiply. */
const MAX_STATES = 5000;
const MAX_LENGTH = 1000;
const MAX_DEPTH = 100;

/** Parses the syntax of RE2: no look-around, no references to groups. Throws InvalidPattern. */
export const parsePattern = (source: string): Part => {
  if (source.length > MAX_LENGTH) throw new InvalidPattern(`longer than ${MAX_LENGTH} characters`);
  const parser = new Parser(new PatternReader(source));
  return parser.whole();
};

class Parser {
  private states = 0;
  private depth = 0;
  private ignoresCase = false;

  constructor(private readonly reader: PatternReader) {}

  whole(): Part {
    const part = this.alternatives();
    if (!this.reader.isAtEnd) throw new InvalidPattern('unexpected )');
    return part;
  }

  /** `a|b` */
  private alternatives(): Part {
    if (++this.depth > MAX_DEPTH) throw new InvalidPattern('nested too deeply');
    const options = [this.sequence()];
    while (this.reader.take('|')) options.push(this.sequence());
    this.depth--;
    if (options.length === 1) return options[0]!;
    return (following) => this.state({ next: options.map((option) => option(following)) });
  }

  private sequence(): Part {
    const parts: Part[] = [];
    while (!this.reader.isAtEnd && !this.reader.sees('|') && !this.reader.sees(')')) {
      const atoms = this.reader.take('\\Q') ? this.quoted() : [this.atom()];
      const last = atoms.pop();
      parts.push(...atoms, ...(last ? [this.repeated(last)] : []));
    }
    return (following) => parts.reduceRight((next, part) => part(next), following);
  }

  /** `\Qa.b\E`: a repetition after it is one of the last character. */
  private quoted(): Part[] {
    return [...this.reader.quoted()].map((char) => this.literal(char));
  }

  private repeated(part: Part): Part {
    const range = this.reader.repetition();
    if (!range) return part;
    if (
      Math.max(range.min, range.max === Infinity ? 0 : range.max) > MAX_REPETITIONS ||
      range.max < range.min
    )
      throw new InvalidPattern('invalid repeat count');
    this.reader.take('?');
    if (this.reader.repetition()) throw new InvalidPattern('invalid nested repetition operator');
    return (following) => this.repeat(part, range, following);
  }

  private repeat(part: Part, { min, max }: { min: number; max: number }, following: State): State {
    let next = max === Infinity ? this.loop(part, following) : following;
    for (let i = min; max !== Infinity && i < max; i++) next = this.state({ next: [part(next), following] });
    for (let i = 0; i < min; i++) next = this.state({ next: [part(next)] });
    return next;
  }

  private loop(part: Part, following: State): State {
    const state = this.state({ next: [following] });
    state.next.push(part(state));
    return state;
  }

  private atom(): Part {
    const char = this.reader.next();
    if (char === '(') return this.group();
    if (char === '[') return this.reading(classIn(this.reader));
    if (char === '.') return this.reading(anyClass);
    if (char === '^') return this.checking(({ before }) => before === undefined);
    if (char === '$') return this.checking(({ after }) => after === undefined);
    if (char === '\\') return this.escape();
    if ('*+?'.includes(char)) throw new InvalidPattern(`missing argument to repetition operator: ${char}`);
    return this.literal(char);
  }

  /** `(a)`, `(?:a)`, `(?P<name>a)`, `(?i:a)`, and `(?i)` for the rest of the enclosing group. */
  private group(): Part {
    const outside = this.ignoresCase;
    const flags = this.reader.groupFlags();
    if (flags?.ignoresCase !== undefined) this.ignoresCase = flags.ignoresCase;
    if (flags?.isWhole) return (following) => following;
    const inside = this.alternatives();
    if (!this.reader.take(')')) throw new InvalidPattern('missing closing )');
    this.ignoresCase = outside;
    return inside;
  }

  private escape(): Part {
    const place = places[this.reader.peek() ?? ''];
    if (!place) return this.reading(escapedClass(this.reader));
    this.reader.next();
    return this.checking(place);
  }

  private literal(char: string): Part {
    return this.reading((other) => other === char);
  }

  private reading(test: CharTest): Part {
    const reads = this.ignoresCase ? eitherCase(test) : test;
    return (following) => this.state({ reads, next: [following] });
  }

  private checking(holds: (place: Place) => boolean): Part {
    return (following) => this.state({ holds, next: [following] });
  }

  private state(state: State): State {
    if (++this.states > MAX_STATES) throw new InvalidPattern('expression too large');
    return state;
  }
}

const eitherCase =
  (test: CharTest): CharTest =>
  (char) =>
    test(char.toLowerCase()) || test(char.toUpperCase());

const isBoundary = ({ before = '', after = '' }: Place): boolean => /\w/.test(before) !== /\w/.test(after);

/** The escapes that read nothing. */
const places: Record<string, (place: Place) => boolean> = {
  A: ({ before }) => before === undefined,
  z: ({ after }) => after === undefined,
  b: isBoundary,
  B: (place) => !isBoundary(place),
};
