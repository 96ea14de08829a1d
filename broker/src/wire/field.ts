import { Malformed } from './malformed.js';
import type { Reader } from './reader.js';
import type { Writer } from './writer.js';

/** What a type needs to know about the message it is part of. */
export interface Wire {
  readonly version: number;
  /** Since KIP-482: compact lengths, and tagged fields after every struct. */
  readonly flexible: boolean;
}

/** How one kind of value travels. `kind` is its name in Apache's message definitions. */
export interface Type<T> {
  readonly kind: string;
  zero(): T;
  write(writer: Writer, value: T, wire: Wire): void;
  /** `null` where the wire says null; whether that is allowed is the field's business. */
  read(reader: Reader, wire: Wire): T | null;
  writeNull?(writer: Writer, wire: Wire): void;
  /** Structs have no length to say null with; a nullable one is announced by a byte. */
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

/** A type in its place in a message: in which versions it is there, may be null, and what stands in for it. */
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

  /** Travels as a tagged field, left out when it is not given. */
  tag(tag: number): Field<T> {
    return new Field(this.type, { ...this.presence, tag }, this.absent);
  }

  /** What a reader sees in versions without the field, and what is sent when a writer does not give it. */
  default(value: T): Field<T> {
    return new Field(this.type, this.presence, () => value);
  }

  isIn(version: number): boolean {
    return version >= this.presence.since && version <= this.presence.until;
  }

  /** Null travels as an empty value in versions that do not know it. */
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

/** What a writer may give: whatever is left out travels as its default. */
export type Given<T> = T extends Buffer
  ? T
  : T extends (infer I)[]
    ? Given<I>[]
    : T extends object
      ? { [K in keyof T]?: Given<T[K]> }
      : T;
