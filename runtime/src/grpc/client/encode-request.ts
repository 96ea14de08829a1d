import { DomainError } from '../../errors/domain-error.js';
import { Validation } from '../../validation/validation.js';

/** Requests with more values are not searched for the one that cannot be sent. */
const MAX_VALUES = 1000;

/**
 * Encodes a request before it is sent: for gRPC, a value that its field cannot hold, such as 2147483648 for an int32, would be an
 * INTERNAL error of the service that never got it.
 * @throws DomainError VALIDATION_FAILED, or MALFORMED_REQUEST if no single field is to blame
 */
export function encodeRequest<T>(serialize: (request: T) => Buffer, request: T): Buffer {
  try {
    return serialize(request);
  } catch (error) {
    const problem = `cannot be sent: ${(error as Error).message}`;
    const field = valuesOf(request).find((path) => !fails(() => serialize(without(request, path))));
    if (field) throw new Validation().check(false, nameOf(field), problem).error!;
    throw new DomainError('MALFORMED_REQUEST', `The request ${problem}`, { kind: 'invalid', cause: error });
  }
}

type Path = readonly string[];

/** The paths of all values that are not messages or lists. */
function valuesOf(value: unknown, path: Path = []): Path[] {
  if (!isStructure(value)) return [path];
  const found: Path[] = [];
  for (const [key, inner] of Object.entries(value)) {
    if (found.length > MAX_VALUES) break;
    found.push(...valuesOf(inner, [...path, key]));
  }
  return found;
}

/** The same request, with the default in place of one value. */
function without<T>(value: T, [key, ...rest]: Path): T {
  if (key === undefined) return defaultOf(value) as T;
  const copy = (Array.isArray(value) ? [...(value as unknown[])] : { ...value }) as Record<string, unknown>;
  copy[key] = without(copy[key], rest);
  return copy as T;
}

function defaultOf(value: unknown): unknown {
  if (typeof value === 'number') return 0;
  if (typeof value === 'string') return '';
  return value instanceof Date ? new Date(0) : undefined;
}

function nameOf(path: Path): string {
  return path
    .map((key) => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}

function isStructure(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  return !(value instanceof Date) && !ArrayBuffer.isView(value);
}

function fails(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}
