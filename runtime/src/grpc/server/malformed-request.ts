import { BinaryReader } from '@bufbuild/protobuf/wire';
import { DomainError } from '../../errors/domain-error.js';
import { Validation } from '../../validation/validation.js';
import { fieldThatFails } from './field-that-fails.js';

/**
 * Takes the place of a request that cannot be decoded until there is someone to throw it: an error in a decoder would be INTERNAL
 * for gRPC, and in no log.
 */
export class MalformedRequest extends DomainError {}

type Decode<T> = (bytes: Buffer) => T;

/**
 * Decodes requests strictly, whatever the generated code accepts: texts must be UTF-8, and nothing may follow the message. A
 * request that breaks these rules, is cut off, or holds an integer that JavaScript cannot represent, is a MalformedRequest.
 */
export function decodeStrictly<T>(generated: Decode<T>): Decode<T | MalformedRequest> {
  const decode = takesReaders(generated) ? readingAll(generated) : generated;
  return (bytes) => {
    try {
      return decode(bytes);
    } catch (error) {
      return malformed(fieldThatFails(decode, bytes), problemOf(error as Error));
    }
  };
}

/** Does not replace invalid UTF-8 by U+FFFD, as the reader of generated code does. */
class StrictReader extends BinaryReader {
  override string(): string {
    return super.string(true);
  }
}

/** Generated code decodes a reader as it does bytes, if it uses the same copy of the library. */
const pass = <T>(generated: Decode<T>, reader: BinaryReader): T => generated(reader as unknown as Buffer);

function takesReaders(generated: Decode<unknown>): boolean {
  const reader = new StrictReader(Uint8Array.of(8, 0));
  try {
    pass(generated, reader);
  } catch {
    return false;
  }
  return reader.pos === reader.len;
}

const readingAll =
  <T>(generated: Decode<T>): Decode<T> =>
  (bytes) => {
    const reader = new StrictReader(bytes);
    const message = pass(generated, reader);
    if (reader.pos !== reader.len) throw new Error('data after its end');
    return message;
  };

function malformed(field: string | undefined, problem: string): MalformedRequest {
  const kind = 'invalid';
  if (!field)
    return new MalformedRequest('MALFORMED_REQUEST', `The request, or one of its fields, ${problem}`, {
      kind,
    });
  const { reason, message, metadata } = new Validation().check(false, field, problem).error!;
  return new MalformedRequest(reason, message, { kind, metadata });
}

function problemOf({ message, code }: Error & { code?: string }): string {
  if (/M(AX|IN)_SAFE_INTEGER/.test(message))
    return `must be a whole number from ${Number.MIN_SAFE_INTEGER} to ${Number.MAX_SAFE_INTEGER}`;
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA') return 'must be valid UTF-8';
  return `cannot be decoded: ${message}`;
}
