import type { EntityLoader } from '../loaders/batched.js';
import type { Loaders } from '../loaders/loaders.js';
import { validationFailed } from '../validation/validation.pipe.js';

type EntityOf<Loader> = Loader extends EntityLoader<infer Entity> ? Entity : never;

/** Whatever there is a loader for. */
export type AnyEntity = EntityOf<Loaders[keyof Loaders]>;

/**
 * The entity that `{ __typename, id }` stands for, null when there is none.
 *
 * @throws DomainError VALIDATION_FAILED for a type without a key, or a key that is no id
 */
export async function entityOf(representation: unknown, loaders: Loaders): Promise<AnyEntity | null> {
  const { __typename: type, id } = Object(representation) as { __typename?: unknown; id?: unknown };
  if (typeof type !== 'string' || !Object.hasOwn(loaders, type)) {
    throw validationFailed([{ field: 'representations', message: `name no entity: ${String(type)}` }]);
  }
  if (typeof id !== 'string' || !id) {
    throw validationFailed([{ field: 'representations', message: `have no id: ${type}` }]);
  }
  return (loaders[type as keyof Loaders] as EntityLoader<AnyEntity>).load(id);
}
