import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { limitOf, MAX_LIMIT } from '../validation/page.js';
import { Validation } from '../validation/validation.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { Place } from './cursor.js';

/** An order of rows: by one property, equals by id, both in the same direction. */
export interface Sort<E> {
  /** Of a text, `bigInteger` or `moment` column; an index on (column, id) makes every page as quick as the first. */
  readonly by: keyof E & string;
  readonly descending?: boolean;
}

/** A part of a list. */
export interface Slice {
  /** How many rows, 1 to MAX_LIMIT; 0 (unset): DEFAULT_LIMIT. */
  readonly first: number;
  /** The cursor of the row before them; empty: from the beginning. */
  readonly after: string;
}

export interface Edge<E> {
  readonly node: E;
  /** Opaque; good for the same sort. */
  readonly cursor: string;
}

export interface EdgePage<E> {
  readonly edges: readonly Edge<E>[];
  readonly hasNextPage: boolean;
}

/**
 * The rows of `query` that follow a cursor. A page begins at a place, not at a number of rows, so that rows which come
 * and go in between neither repeat nor hide others.
 * @param query filtered, not sorted
 * @throws DomainError VALIDATION_FAILED on `first` or `after`
 */
export async function pageOf<E extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<E>,
  sort: Sort<E>,
  { first: requested, after }: Slice,
): Promise<EdgePage<E>> {
  const first = limitOf(requested);
  const place = after ? placeOf(query, sort, after) : undefined;
  new Validation()
    .integer(first, 'first', { min: 1, max: MAX_LIMIT })
    .check(!after || place !== undefined, 'after', 'must be a cursor of this list in this order')
    .done();
  const rows = await sorted(query, sort, place)
    .limit(first + 1)
    .getMany();
  const edges = rows.slice(0, first).map((node) => ({ node, cursor: cursorOf(query, sort, node) }));
  return { edges, hasNextPage: rows.length > first };
}

function sorted<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  { by, descending }: Sort<E>,
  place: Place | undefined,
): SelectQueryBuilder<E> {
  const [value, id] = [`${query.alias}.${by}`, `${query.alias}.id`];
  const direction = descending ? 'DESC' : 'ASC';
  if (place) {
    const beyond = `(${value}, ${id}) ${descending ? '<' : '>'} (:placeValue, :placeId)`;
    query.andWhere(beyond, { placeValue: place.value, placeId: place.id });
  }
  return query.orderBy(value, direction).addOrderBy(id, direction);
}

/** The place a cursor names, if its value is of the column's kind: other kinds are an error to PostgreSQL. */
function placeOf<E extends ObjectLiteral>(
  query: SelectQueryBuilder<E>,
  sort: Sort<E>,
  after: string,
): Place | undefined {
  const place = decodeCursor(nameOf(sort), after);
  const kind = columnOf(query, sort).type === 'bigint' ? 'number' : 'string';
  return typeof place?.value === kind ? place : undefined;
}

function cursorOf<E extends ObjectLiteral & { id: string }>(
  query: SelectQueryBuilder<E>,
  sort: Sort<E>,
  node: E,
): string {
  const { driver } = query.connection;
  const value = driver.preparePersistentValue(node[sort.by], columnOf(query, sort)) as string | number;
  return encodeCursor(nameOf(sort), { value, id: node.id });
}

const nameOf = <E>({ by, descending }: Sort<E>): string => `${descending ? '-' : ''}${by}`;

function columnOf<E extends ObjectLiteral>({ expressionMap }: SelectQueryBuilder<E>, { by }: Sort<E>) {
  return expressionMap.mainAlias!.metadata.findColumnWithPropertyName(by)!;
}
