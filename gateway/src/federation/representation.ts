import type { Loaders } from '../loaders/entity.js';
import { validationFailed } from '../validation/validation.pipe.js';

interface Representation {
  readonly __typename?: unknown;
  readonly id?: unknown;
}

/**
 * The entity that `{ __typename, id }` refers to, null if there is none.
 *
 * @throws DomainError VALIDATION_FAILED for a type that is not an entity, or a missing id
 */
export async function entityOf(representation: unknown, loaders: Loaders): Promise<object | null> {
  const message = problemIn(representation, loaders);
  if (message) throw validationFailed([{ field: 'representations', message }]);
  const { __typename, id } = representation as { __typename: string; id: string };
  return loaders[__typename]!.load(id);
}

/** The problem with a representation, if any. */
export function problemIn(representation: unknown, loaders: Loaders): string | undefined {
  const { __typename: type, id } = Object(representation) as Representation;
  if (typeof type !== 'string' || !Object.hasOwn(loaders, type))
    return `must name an entity, not ${String(type)}`;
  return typeof id === 'string' && id ? undefined : `must have an id: ${type}`;
}
