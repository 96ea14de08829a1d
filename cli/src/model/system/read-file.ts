import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { JsonSource } from './json-source.js';

/** The bytes of a file. Errors always have its path, which Node omits for folders. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

/** The text of a UTF-8 file; a byte order mark is removed. Throws FILE_UNUSABLE for any other encoding. */
export const readText = (file: string): string => decodeText(readBytes(file), file);

/** Decodes the UTF-8 bytes of a file or a similar source. Throws FILE_UNUSABLE. */
export function decodeText(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const isUtf16 = [0xfeff, 0xfffe].includes((bytes[0]! << 8) | bytes[1]!);
    throw new MsxError('FILE_UNUSABLE', {
      file,
      reason: `it is ${isUtf16 ? 'UTF-16' : 'not UTF-8'}: save it as UTF-8`,
    });
  }
}

/** Parses a JSON object. Throws FILE_INVALID with the position in the file. */
export function parseJson<T extends object>(text: string, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    const { problem } = new JsonSource(file, text);
    const reason = problem?.reason ?? (error as Error).message;
    throw new MsxError('FILE_INVALID', { ...(problem ?? { file }), reason }, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  throw new MsxError('FILE_INVALID', { file, line: 1, column: 1, reason: 'expected an object' });
}

/** @param root the folder that paths in errors are relative to */
export const readJson = <T extends object>(file: string, root?: string): T =>
  parseJson(readText(file), root ? relative(root, file) : file);
