import type { Field, Infer, Shape, Type, Wire } from './field.js';
import type { Reader } from './reader.js';
import { Writer } from './writer.js';

interface Named {
  readonly name: string;
  readonly field: Field<unknown>;
}

interface Plan {
  readonly plain: readonly Named[];
  readonly tagged: readonly Named[];
  /** The fields that the version lacks, and optional ones. */
  readonly optional: readonly Named[];
}

/** Named fields in wire order. The fields of each version are determined once. */
export class Struct<S extends Shape> implements Type<Infer<S>> {
  readonly kind = 'struct';
  readonly announced = true;
  private readonly plans: Plan[] = [];

  constructor(readonly shape: S) {}

  zero(): Infer<S> {
    const absent = Object.entries(this.shape).map(([name, field]) => [name, field.absent()]);
    return Object.fromEntries(absent) as Infer<S>;
  }

  write(writer: Writer, value: Record<string, unknown>, wire: Wire): void {
    const { plain, tagged } = this.plan(wire.version);
    for (const { name, field } of plain)
      field.write(writer, value[name] ?? absentValue(value, name, field), wire);
    if (!wire.flexible) return;
    if (tagged.length === 0) writer.uvarint(0);
    else writeTagged(writer, tagged, { value, wire });
  }

  /** The same bytes in steps: one for each entry of a list of structs. */
  *writeInSteps(writer: Writer, value: Record<string, unknown>, wire: Wire): Generator<void> {
    const { plain, tagged } = this.plan(wire.version);
    for (const { name, field } of plain) {
      const content = value[name] ?? absentValue(value, name, field);
      const { type } = field;
      if (Array.isArray(content) && type.writeInSteps) yield* type.writeInSteps(writer, content, wire);
      else field.write(writer, content, wire);
    }
    if (wire.flexible) writeTagged(writer, tagged, { value, wire });
  }

  read(reader: Reader, wire: Wire): Infer<S> {
    const { plain, tagged, optional } = this.plan(wire.version);
    const value: Record<string, unknown> = {};
    for (const { name, field } of optional) value[name] = field.absent();
    for (const { name, field } of plain) value[name] = field.read(reader, wire);
    if (!wire.flexible) return value as Infer<S>;
    for (let left = reader.uvarint(); left > 0; left--) {
      reader.expectEntries(1);
      const tag = reader.uvarint();
      const body = reader.part(reader.uvarint());
      const match = tagged.find(({ field }) => field.presence.tag === tag);
      if (match) value[match.name] = match.field.read(body, wire);
    }
    return value as Infer<S>;
  }

  private plan(version: number): Plan {
    return (this.plans[version] ??= planOf(this.shape, version));
  }
}

const planOf = (shape: Shape, version: number): Plan => {
  const all = Object.entries(shape).map(([name, field]): Named => ({ name, field }));
  const present = all.filter(({ field }) => field.isIn(version));
  const plain = present.filter(({ field }) => field.presence.tag === undefined);
  const tagged = present.filter(({ field }) => field.presence.tag !== undefined);
  return {
    plain,
    tagged: tagged.sort(({ field: a }, { field: b }) => a.presence.tag! - b.presence.tag!),
    optional: all.filter((each) => !plain.includes(each)),
  };
};

/** An explicit null stays null; only a missing value becomes the default. */
const absentValue = (value: Record<string, unknown>, name: string, field: Field<unknown>): unknown =>
  value[name] === null ? null : field.absent();

const writeTagged = (
  writer: Writer,
  tagged: readonly Named[],
  { value, wire }: { value: Record<string, unknown>; wire: Wire },
): void => {
  const sent = tagged.filter(({ name }) => value[name] !== undefined);
  writer.uvarint(sent.length);
  for (const { name, field } of sent) {
    const body = new Writer();
    field.write(body, value[name], wire);
    writer.uvarint(field.presence.tag!);
    writer.uvarint(body.length);
    writer.append(body);
  }
};
