import type { DataSourceOptions, MigrationInterface } from 'typeorm';

/** What every kind of store is opened with. */
export interface DataSourceParts {
  readonly entities: readonly (EntityClass | EntitySchemaLike)[];
}

type Entities = Extract<NonNullable<DataSourceOptions['entities']>, readonly unknown[]>[number];
type EntityClass = Extract<Entities, new (...args: never[]) => unknown>;
type EntitySchemaLike = Exclude<Entities, string | EntityClass>;

/** A migration's class; its name ends in 13 digits, by which migrations are ordered: CreateUsers1767225600000. */
export type MigrationClass = new () => MigrationInterface;
