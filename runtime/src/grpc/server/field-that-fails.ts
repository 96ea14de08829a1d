import { isDeepStrictEqual } from 'node:util';
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire';

/** Decodes a whole message, and throws when it is malformed. */
type Decode = (bytes: Buffer) => unknown;

/** A field as it is on the wire: without its name and its type in the contract. */
interface WireField {
  readonly number: number;
  readonly type: WireType;
  readonly content: Uint8Array;
  /** Its place among the fields of its number, which is its index in a repeated field. */
  readonly index: number;
}

/** Larger or deeper messages are not searched: a refusal must not cost much more than the request. */
const MAX_FIELDS = 10_000;
const MAX_DEPTH = 16;

/**
 * The path of the field because of which a message cannot be decoded, as `items[2].price.minorUnits`; undefined when no single
 * field is to blame. Generated code contains no description of the message, so each field is decoded by itself.
 */
export function fieldThatFails(decode: Decode, message: Buffer): string | undefined {
  try {
    return nameOf(decode, stepsTo(decode, message)) || undefined;
  } catch {
    return undefined;
  }
}

/** The fields to go through, the innermost last. */
function stepsTo(decode: Decode, message: Uint8Array): WireField[] {
  const steps: WireField[] = [];
  for (let content = message; steps.length < MAX_DEPTH; content = steps.at(-1)!.content) {
    const failing = fieldsOf(content).find((field) => fails(decode, [...steps, field]));
    if (!failing) break;
    steps.push(failing);
    if (failing.type !== WireType.LengthDelimited) break;
  }
  return steps;
}

/** None if the bytes are not a message, such as those of a text. */
function fieldsOf(bytes: Uint8Array): WireField[] {
  const reader = new BinaryReader(bytes);
  const found: WireField[] = [];
  const counts = new Map<number, number>();
  try {
    while (reader.pos < reader.len && found.length < MAX_FIELDS) {
      const [number, type] = reader.tag();
      const index = counts.get(number) ?? 0;
      counts.set(number, index + 1);
      const content = type === WireType.LengthDelimited ? reader.bytes() : reader.skip(type);
      found.push({ number, type, content, index });
    }
  } catch {
    return [];
  }
  return found;
}

function fails(decode: Decode, steps: readonly WireField[]): boolean {
  try {
    decode(encode(steps));
    return false;
  } catch {
    return true;
  }
}

/** A message with nothing in it but the innermost field. */
function encode(steps: readonly Pick<WireField, 'number' | 'type' | 'content'>[]): Buffer {
  return steps.reduceRight<Buffer>((inner, { number, type, content }, n) => {
    const writer = new BinaryWriter().tag(number, type);
    const value = n === steps.length - 1 ? content : inner;
    return Buffer.from(
      (type === WireType.LengthDelimited ? writer.bytes(value) : writer.raw(value)).finish(),
    );
  }, Buffer.alloc(0));
}

/** Values that decode to something else than the default, by wire type; a text, or else an empty message. */
const SAMPLES: Partial<Record<WireType, readonly Uint8Array[]>> = {
  [WireType.Varint]: [Uint8Array.of(1)],
  [WireType.Bit64]: [Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0)],
  [WireType.Bit32]: [Uint8Array.of(1, 0, 0, 0)],
  [WireType.LengthDelimited]: [Uint8Array.of(0x78), new Uint8Array()],
};

/** The names of fields are those of the properties that change when a message with a good value is decoded. */
function nameOf(decode: Decode, steps: readonly WireField[]): string {
  const place: string[] = [];
  let path = '';
  for (let depth = 1; depth <= steps.length; depth++) {
    const { index } = steps[depth - 1]!;
    const without = depth === 1 ? decode(Buffer.alloc(0)) : sample(decode, steps.slice(0, depth - 1));
    const [name, value] = changed(at(without, place), at(sample(decode, steps.slice(0, depth)), place));
    if (!name) break;
    path += path ? `.${name}` : name;
    place.push(name);
    if (!Array.isArray(value)) continue;
    place.push('0');
    path += typeof value[0] === 'number' ? '' : `[${index}]`;
  }
  return path;
}

/** Decodes a message in which the innermost field has a good value, and nothing else is set. */
function sample(decode: Decode, steps: readonly WireField[]): unknown {
  const { type } = steps.at(-1)!;
  for (const content of SAMPLES[type] ?? []) {
    const outer = steps.slice(0, -1);
    const whole = [...outer, { ...steps.at(-1)!, content }];
    if (!fails(decode, whole)) return decode(encode(whole));
  }
  return undefined;
}

function changed(before: unknown, after: unknown): [name?: string, value?: unknown] {
  if (typeof after !== 'object' || after === null) return [];
  const old = (before ?? {}) as Record<string, unknown>;
  return Object.entries(after).find(([name, value]) => !isDeepStrictEqual(old[name], value)) ?? [];
}

function at(value: unknown, place: readonly string[]): unknown {
  return place.reduce<unknown>(
    (inner, name) => (inner as Record<string, unknown> | undefined)?.[name],
    value,
  );
}
