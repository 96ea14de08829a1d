import type { InjectionToken, Type } from '@nestjs/common';
import type { EntityLoader } from './batched.js';

/** Every entity has an id, the key for other subgraphs and services. */
interface Identified {
  readonly id: string;
}

/** How entities of a type are loaded in batches. */
export interface EntityOptions<T extends Identified, Source> {
  /** The injection token of their source: an upstream, or any other provider. */
  readonly from: InjectionToken;
  /** Loads the entities with these ids, in any order, without those that do not exist. */
  readonly load: (source: Source, ids: string[]) => Promise<T[]>;
}

export interface Entity<T extends Identified = Identified> {
  /** The GraphQL type. */
  readonly type: Type<T>;
  readonly from: InjectionToken;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- any source
  load(source: any, ids: string[]): Promise<T[]>;
}

/** The entities of a gateway, by the name of the type in the schema. */
export type Entities = Readonly<Record<string, Entity>>;

/** The loaders of one request: each entity is loaded at most once, in one batched call. */
export type LoadersOf<E extends Entities> = {
  readonly [Name in keyof E]: E[Name] extends Entity<infer T> ? EntityLoader<T> : never;
};

/** Loaders without static names. */
export type Loaders = Readonly<Record<string, EntityLoader<Identified>>>;

/** Declares an entity: `entity(User, { from: USERS, load: (users, ids) => … })`. */
export function entity<T extends Identified, Source>(
  type: Type<T>,
  { from, load }: EntityOptions<T, Source>,
): Entity<T> {
  return { type, from, load };
}
