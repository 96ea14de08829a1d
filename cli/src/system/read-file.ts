import { readFileSync } from 'node:fs';
import { MsxError } from '../errors/msx-error.js';

/** The bytes of a file. An error says which file: Node leaves that out where it is a folder. */
export function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    throw Object.assign(error as NodeJS.ErrnoException, { path: file });
  }
}

export const readText = (file: string): string => readBytes(file).toString('utf8');

/** The object that a text of JSON describes. Throws FILE_INVALID, naming the file that holds it. */
export function parseJson<T extends object>(text: string, file: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new MsxError('FILE_INVALID', { file, reason: (error as Error).message }, { cause: error });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as T;
  throw new MsxError('FILE_INVALID', { file, reason: 'expected an object' });
}

export const readJson = <T extends object>(file: string): T => parseJson(readText(file), file);
