import type { DataSourceOptions, MigrationInterface } from 'typeorm';

/** The options that every kind of store needs. */
export interface DataSourceParts {
  readonly entities: readonly (EntityClass | EntitySchemaLike)[];
}

type Entities = Extract<NonNullable<DataSourceOptions['entities']>, readonly unknown[]>[number];
type EntityClass = Extract<Entities, new (...args: never[]) => unknown>;
type EntitySchemaLike = Exclude<Entities, string | EntityClass>;

/** A migration class; its name ends in a 13-digit timestamp that orders migrations: CreateUsers1767225600000. */
export type MigrationClass = new () => MigrationInterface;
