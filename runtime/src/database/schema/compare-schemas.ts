import type {
  ColumnShape,
  IndexShape,
  Portable,
  SchemaChange,
  SchemaDifference,
  TableShape,
} from './shapes.js';

/** The names that TypeORM gives to indices and unique constraints of entities that name none. */
const NAMED_BY_TYPEORM = /^(IDX|UQ|REL)_[0-9a-f]{20,}$/;

/**
 * What the entities need that the migrations do not make. The migrations may say more than the entities do, such as the
 * length of a text or an index for a query: what an entity does not mention stays.
 */
export function compareSchemas(
  entities: readonly TableShape[],
  tables: readonly TableShape[],
): SchemaDifference {
  const found = new Map(tables.map((table) => [table.name, table]));
  const wanted = new Set(entities.map(({ name }) => name));
  const changes = entities.flatMap((entity) => {
    const table = found.get(entity.name);
    return table ? changesOf(entity, table) : [created(entity)];
  });
  const known = entities.filter(({ name }) => found.has(name));
  return {
    changes,
    notes: [
      ...known.flatMap((entity) => keyNotes(entity, found.get(entity.name)!)),
      ...tables
        .filter(({ name }) => !wanted.has(name))
        .map(({ name }) => `no entity has the table ${name}, which is kept`),
    ],
  };
}

const created = (shape: TableShape): SchemaChange => ({ kind: 'create-table', table: shape.name, shape });

function changesOf(entity: TableShape, table: TableShape): SchemaChange[] {
  const on = { table: entity.name };
  const names = new Set(entity.columns.map(({ name }) => name));
  const dropped = table.columns.filter(({ name, primary }) => !names.has(name) && !primary);
  const lost = new Set(dropped.map(({ name }) => name));
  return [
    ...table.indices
      .filter((index) => index.columns.some((name) => lost.has(name)) || isForgotten(index, entity))
      .map((index) => ({ kind: 'drop-index' as const, ...on, index })),
    ...entity.columns.flatMap((column) => columnChanges(column, table)),
    ...dropped.map((column) => ({ kind: 'drop-column' as const, ...on, column })),
    ...entity.indices
      .filter((index) => !table.indices.some((other) => isSame(index, other)))
      .map((index) => ({ kind: 'create-index' as const, ...on, index })),
  ];
}

function columnChanges(column: ColumnShape, table: TableShape): SchemaChange[] {
  const before = table.columns.find(({ name }) => name === column.name);
  if (!before) return column.primary ? [] : [{ kind: 'add-column', table: table.name, column }];
  if (before.primary || column.primary) return [];
  const after = { ...before, ...stated(column) };
  return isEqual(before, after) ? [] : [{ kind: 'change-column', table: table.name, before, after }];
}

/** What an entity says of a column; its length and default are left out if it does not state them. */
function stated({ type, length, nullable, ...rest }: ColumnShape): Partial<ColumnShape> {
  return {
    type,
    nullable,
    ...(length !== undefined && { length }),
    ...('default' in rest && { default: rest.default }),
  };
}

function isEqual(one: ColumnShape, other: ColumnShape): boolean {
  return (
    sqlite(one.type) === sqlite(other.type) &&
    (one.length ?? '') === (other.length ?? '') &&
    (one.nullable ?? false) === (other.nullable ?? false) &&
    bare(one.default) === bare(other.default)
  );
}

const sqlite = (value: Portable): string => (typeof value === 'string' ? value : value.sqlite);

/** SQLite keeps the text of a default as it was written. */
const bare = (value?: Portable): string =>
  value === undefined ? '' : sqlite(value).replace(/^\((.*)\)$/, '$1');

const isSame = (one: IndexShape, other: IndexShape): boolean =>
  one.columns.join() === other.columns.join() && (one.unique ?? false) === (other.unique ?? false);

/** An index that an entity once had; those that have a name of their own may belong to a migration alone. */
const isForgotten = (index: IndexShape, entity: TableShape): boolean =>
  NAMED_BY_TYPEORM.test(index.name) && !entity.indices.some((other) => isSame(index, other));

function keyNotes(entity: TableShape, table: TableShape): string[] {
  const [wanted, found] = [entity, table].map(({ columns }) =>
    columns
      .filter(({ primary }) => primary)
      .map(({ name }) => name)
      .sort()
      .join(', '),
  );
  if (wanted === found) return [];
  return [
    `the primary key of ${entity.name} is (${found}), and the entity has (${wanted}): write that migration by hand`,
  ];
}
