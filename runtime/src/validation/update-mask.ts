import { Validation } from './validation.js';

/** A request whose fields may also be null, to clear them. */
export type Masked<Request> = { [Field in keyof Request]: Request[Field] | null };

/**
 * The changes of a request, by its google.protobuf.FieldMask (AIP-134): the fields in the mask, null where the request
 * does not set them. Without a mask, these are the fields that are set.
 * @throws DomainError VALIDATION_FAILED for a path that is not a field of the request
 */
export function masked<Request extends { updateMask: string[] | undefined }>({
  updateMask = [],
  ...fields
}: Request): Masked<Omit<Request, 'updateMask'>> {
  const names = new Map(Object.keys(fields).map((name) => [plain(name), name]));
  const validation = new Validation();
  for (const path of updateMask)
    validation.check(
      names.has(plain(path)),
      'updateMask',
      `has no field ${JSON.stringify(path.slice(0, 64))}`,
    );
  validation.done();
  if (updateMask.length === 0) return fields;
  const named = new Set(updateMask.map((path) => names.get(plain(path))));
  const changes = Object.entries<unknown>(fields).map(([name, value]) => [
    name,
    named.has(name) ? (value ?? null) : undefined,
  ]);
  return Object.fromEntries(changes) as Masked<Omit<Request, 'updateMask'>>;
}

/** The mask of changes in which null clears a field and undefined leaves it unchanged. */
export const maskOf = (changes: object): string[] =>
  Object.entries(changes).flatMap(([name, value]) =>
    value === undefined ? [] : [name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)],
  );

/** Contracts write `hat_colour`, stubs and JSON `hatColour`. */
const plain = (name: string) => name.replaceAll('_', '').toLowerCase();
