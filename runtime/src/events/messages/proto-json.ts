import { parseDateTime } from '../../validation/date-time.js';
import type { EventCodec } from './event-type.js';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** A decimal number, or a special value of a floating-point field, as proto3 JSON writes it in a string. */
const NUMBER = /^-?(\d+(\.\d+)?([eE][+-]?\d+)?|Infinity)$|^NaN$/;

/**
 * Decodes a message from proto3 JSON (https://protobuf.dev/programming-guides/json), strictly: the code that ts-proto generates
 * converts values of other types (`true` to 1, 12345 to a text), and keeps numbers that the field cannot hold. Unknown fields are
 * ignored: they are those of a newer version.
 * @throws Error that names the field
 */
export function parseProtoJson<T>(codec: EventCodec<T>, bytes: Buffer): T {
  const json: unknown = JSON.parse(utf8.decode(bytes));
  if (!isObject(json)) throw new Error('not a JSON object');
  const message = codec.fromJSON(json);
  checkType(json, message, '');
  // The binary encoding has the ranges of all numeric types.
  if (codec.encode && codec.decode) codec.decode(codec.encode(message).finish());
  return message;
}

/** Compares a value with what it was decoded to, whose type is the type of its field. */
function checkType(json: unknown, decoded: unknown, path: string): void {
  if (json === undefined || json === null || decoded === undefined) return;
  if (Array.isArray(decoded)) return checkArray(json, decoded, path);
  if (isObject(decoded)) return checkFields(json, decoded, path);
  if (!isRepresentation(json, decoded)) throw new Error(`${path} is not ${nameOf(decoded)}`);
}

function checkArray(json: unknown, decoded: unknown[], path: string): void {
  if (!Array.isArray(json)) throw new Error(`${path} is not an array`);
  json.forEach((item, n) => {
    if (item === null) throw new Error(`${path}[${n}] is null`);
    checkType(item, decoded[n], `${path}[${n}]`);
  });
}

function checkFields(json: unknown, decoded: Record<string, unknown>, path: string): void {
  if (!isObject(json)) throw new Error(`${path} is not an object`);
  for (const [name, value] of Object.entries(decoded)) {
    const original = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    checkType(json[name] ?? json[original], value, path ? `${path}.${name}` : name);
  }
}

/** Whether the value of a single field is one that proto3 JSON allows for it. */
function isRepresentation(json: unknown, decoded: unknown): boolean {
  if (decoded instanceof Date) return typeof json === 'string' && parseDateTime(json) !== undefined;
  if (decoded instanceof Uint8Array) return typeof json === 'string';
  if (typeof decoded === 'number' && typeof json === 'string') return isNumberOrEnum(json, decoded);
  return typeof json === typeof decoded;
}

/** A text is decoded as a number, or as the name of an enum's value, which no number is. */
function isNumberOrEnum(text: string, decoded: number): boolean {
  return Number.isNaN(Number(text)) ? text === 'NaN' || !Number.isNaN(decoded) : NUMBER.test(text);
}

/** A message or a map: not a date, and not bytes. */
function isObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return !(value instanceof Date) && !(value instanceof Uint8Array);
}

function nameOf(decoded: unknown): string {
  if (decoded instanceof Date) return 'a date and time (RFC 3339)';
  if (decoded instanceof Uint8Array) return 'base64';
  return `a ${typeof decoded}`;
}
