import { DataSource } from 'typeorm';
import type { EntityMetadata } from 'typeorm';
import type { ColumnMetadata } from 'typeorm/metadata/ColumnMetadata.js';
import type { DataSourceParts } from '../data-source-parts.js';
import type { ColumnShape, IndexShape, Portable, TableShape } from './shapes.js';

type Entities = DataSourceParts['entities'];

/** The tables that the entities of an open SQLite database describe, with what differs on PostgreSQL. */
export async function entityShapes(source: DataSource, entities: Entities): Promise<TableShape[]> {
  const postgres = await postgresMetadata(entities);
  const regular = source.entityMetadatas.filter(({ tableType }) => tableType !== 'view');
  return regular.map((metadata) => {
    const other = postgres.entityMetadatas.find(({ target }) => target === metadata.target)!;
    return {
      name: metadata.tableName,
      columns: columnsOf(metadata).map((column) => {
        const twin = columnsOf(other).find(({ databaseName }) => databaseName === column.databaseName)!;
        return columnShape({ source, column }, { source: postgres, column: twin });
      }),
      indices: indicesOf(metadata),
    };
  });
}

const columnsOf = ({ columns }: EntityMetadata) =>
  columns.filter(({ isVirtualProperty }) => !isVirtualProperty);

/** TypeORM knows the columns of entities on PostgreSQL without connecting to one. */
async function postgresMetadata(entities: Entities): Promise<DataSource> {
  const { default: driver } = await import('pg');
  const source = new DataSource({ type: 'postgres', driver, entities: [...entities] });
  await (source as unknown as { buildMetadatas(): Promise<void> }).buildMetadatas();
  return source;
}

interface Described {
  readonly source: DataSource;
  readonly column: ColumnMetadata;
}

function columnShape(sqlite: Described, postgres: Described): ColumnShape {
  const { databaseName, length, isNullable, isPrimary, isGenerated, generationStrategy } = sqlite.column;
  const value = portable(defaultOf(sqlite), defaultOf(postgres));
  return {
    name: databaseName,
    type: portable(typeOf(sqlite), typeOf(postgres))!,
    ...(length && { length }),
    nullable: isNullable,
    ...(isPrimary && { primary: true }),
    ...(isGenerated && {
      generated: generationStrategy === 'uuid' ? ('uuid' as const) : ('increment' as const),
    }),
    ...(value !== undefined && { default: value }),
    ...(sqlite.column.type === 'simple-json' && { json: true }),
  };
}

const typeOf = ({ source, column }: Described): string => source.driver.normalizeType(column);
const defaultOf = ({ source, column }: Described): string | undefined =>
  source.driver.normalizeDefault(column);

/** PostgreSQL's long names of types that both databases know by a short one. */
const SHORT: Readonly<Record<string, string>> = { 'character varying': 'varchar', int: 'integer' };

function portable(sqlite?: string, postgres?: string): Portable | undefined {
  const [one, other] = [sqlite, postgres].map((text) =>
    text === undefined ? undefined : (SHORT[text] ?? text),
  );
  if (one === undefined || other === undefined) return one ?? other;
  return one === other ? one : { sqlite: one, postgres: other };
}

/** A unique constraint is made as a unique index, which can be added while rows are written. */
function indicesOf({ indices, uniques }: EntityMetadata): IndexShape[] {
  const unique = uniques.map(({ name, columns }) => ({ name, columns, isUnique: true, where: undefined }));
  return [...indices.filter(({ synchronize }) => synchronize), ...unique].map(
    ({ name, columns, isUnique, where }) => ({
      name,
      columns: columns.map(({ databaseName }) => databaseName),
      ...(isUnique && { unique: true }),
      ...(where && { where }),
    }),
  );
}
