import { Malformed } from './malformed.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

/** The version of a message and its encoding. */
export interface Wire {
  readonly version: number;
  /** Since KIP-482: compact lengths, and tagged fields after every struct. */
  readonly flexible: boolean;
}

/** The encoding of one type. `kind` is its name in Apache's message definitions. */
export interface Type<T> {
  readonly kind: string;
  zero(): T;
  write(writer: Writer, value: T, wire: Wire): void;
  /** Returns `null` for an encoded null; the field checks whether that is allowed. */
  read(reader: Reader, wire: Wire): T | null;
  writeNull?(writer: Writer, wire: Wire): void;
  /** Writes a list or a struct in small steps, which may be far apart. */
  writeInSteps?(writer: Writer, value: T, wire: Wire): Iterable<void>;
  /** A struct has no length that could encode null; a nullable one is preceded by a byte. */
  readonly announced?: boolean;
  readonly item?: Type<unknown>;
  readonly shape?: Shape;
}

interface Presence {
  readonly since: number;
  readonly until: number;
  readonly nullable: number;
  readonly tag?: number;
}

const ALWAYS: Presence = { since: 0, until: Infinity, nullable: Infinity };

/** A field of a message: its type, its versions, when it may be null, and its default. */
export class Field<T> {
  constructor(
    readonly type: Type<T>,
    readonly presence: Presence = ALWAYS,
    readonly absent: () => T = () => type.zero(),
  ) {}

  /** The first version that has the field. */
  since(version: number): Field<T> {
    return new Field(this.type, { ...this.presence, since: version }, this.absent);
  }

  /** The last version that has the field. */
  until(version: number): Field<T> {
    return new Field(this.type, { ...this.presence, until: version }, this.absent);
  }

  /** May be null from this version on. */
  nullable(since = 0): Field<T | null> {
    return new Field<T | null>(
      this.type as Type<T | null>,
      { ...this.presence, nullable: since },
      this.absent,
    );
  }

  /** Encoded as a tagged field, left out when it is not set. */
  tag(tag: number): Field<T> {
    return new Field(this.type, { ...this.presence, tag }, this.absent);
  }

  /** The value in versions without the field, and when the writer does not set it. */
  default(value: T): Field<T> {
    return new Field(this.type, this.presence, () => value);
  }

  isIn(version: number): boolean {
    return version >= this.presence.since && version <= this.presence.until;
  }

  /** Null is encoded as an empty value in versions that do not support it. */
  write(writer: Writer, value: T, wire: Wire): void {
    const nullable = wire.version >= this.presence.nullable;
    if (nullable && this.type.announced) writer.int8(value === null ? -1 : 1);
    else if (nullable && value === null) return this.type.writeNull!(writer, wire);
    if (value !== null || !nullable) this.type.write(writer, value ?? this.type.zero(), wire);
  }

  read(reader: Reader, wire: Wire): T {
    const nullable = wire.version >= this.presence.nullable;
    if (nullable && this.type.announced && reader.int8() < 0) return null as T;
    const value = this.type.read(reader, wire);
    if (value === null && !nullable) throw new Malformed(`null ${this.type.kind} in version ${wire.version}`);
    return value as T;
  }
}

// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a shape may hold fields of any type
export type Shape = Record<string, Field<any>>;
export type Infer<S extends Shape> = { [K in keyof S]: S[K] extends Field<infer T> ? T : never };

/** The input of a writer: fields that are left out have their defaults. */
export type Input<T> = T extends Buffer
  ? T
  : T extends (infer I)[]
    ? Input<I>[]
    : T extends object
      ? { [K in keyof T]?: Input<T[K]> }
      : T;
