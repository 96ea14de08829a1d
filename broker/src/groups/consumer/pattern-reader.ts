/** A pattern that RE2 would not accept, or one that is too large. */
export class InvalidPattern extends Error {
  override name = 'InvalidPattern';
}

/** Reads a pattern from left to right. */
export class PatternReader {
  private at = 0;

  constructor(private readonly source: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  peek(): string | undefined {
    return this.source[this.at];
  }

  sees(text: string): boolean {
    return this.source.startsWith(text, this.at);
  }

  next(): string {
    if (this.isAtEnd) throw new InvalidPattern('unexpected end of the pattern');
    return this.source[this.at++]!;
  }

  take(text: string): boolean {
    if (!this.sees(text)) return false;
    this.at += text.length;
    return true;
  }

  /** What an expression matches at this place. */
  match(expression: RegExp): RegExpExecArray | undefined {
    const found = new RegExp(expression.source, 'y');
    found.lastIndex = this.at;
    const match = found.exec(this.source);
    if (match) this.at = found.lastIndex;
    return match ?? undefined;
  }

  /** `*`, `+`, `?`, `{2}`, `{2,}` or `{2,5}`. Any other brace is a literal. */
  repetition(): { min: number; max: number } | undefined {
    if (this.take('*')) return { min: 0, max: Infinity };
    if (this.take('+')) return { min: 1, max: Infinity };
    if (this.take('?')) return { min: 0, max: 1 };
    const [, min, comma, max] = this.match(/\{(\d{1,5})(,?)(\d{0,5})\}/) ?? [];
    if (min === undefined || (comma === '' && max !== '')) return undefined;
    return { min: Number(min), max: comma === '' ? Number(min) : max === '' ? Infinity : Number(max) };
  }

  /** The text up to `\E`, or to the end. */
  quoted(): string {
    const end = this.source.indexOf('\\E', this.at);
    const text = this.source.slice(this.at, end < 0 ? undefined : end);
    this.at = end < 0 ? this.source.length : end + 2;
    return text;
  }

  /** What follows the parenthesis of a group: `?:`, `?P<name>`, or flags, which may be the whole group. */
  groupFlags(): { ignoresCase?: boolean; isWhole: boolean } | undefined {
    if (!this.take('?')) return undefined;
    if (this.match(/P?<\w+>/)) return { isWhole: false };
    const [, on = '', off = '', end] = this.match(/([imsU]*)(?:-([imsU]+))?([:)])/) ?? [];
    if (end === undefined) throw new InvalidPattern('invalid or unsupported Perl syntax');
    const ignoresCase = on.includes('i') ? true : off.includes('i') ? false : undefined;
    return { ...(ignoresCase !== undefined && { ignoresCase }), isWhole: end === ')' };
  }
}
