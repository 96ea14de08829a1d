import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { limitOf, MAX_LIMIT } from '../validation/page.js';
import { Validation } from '../validation/validation.js';
import { decodeCursor, encodeCursor } from './cursor.js';
import type { Place } from './cursor.js';

/** A sort order: by one property, with ties broken by id, both in the same direction. */
export interface Sort<E> {
  /** Of a text, `bigInteger` or `moment` column; an index on (column, id) makes every page as fast as the first. */
  readonly by: keyof E & string;
  readonly descending?: boolean;
}

/** The requested page of a list. */
export interface Slice {
  /** The number of rows, 1 to MAX_LIMIT; 0 (unset) means DEFAULT_LIMIT. */
  readonly first: number;
  /** The cursor of the row before the page; empty for the first page. */
  readonly after: string;
}

export interface Edge<E> {
  readonly node: E;
  /** Opaque; valid only for the same sort order. */
  readonly cursor: string;
}

export interface EdgePage<E> {
  readonly edges: readonly Edge<E>[];
  readonly hasNextPage: boolean;
}

/**
 * The rows of `query` that follow a cursor (keyset pagination): rows that are added or deleted between two pages
 * neither repeat nor hide others.
 * @param query filtered, but not sorted
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

/** The position a cursor names, if its value matches the column's type: PostgreSQL fails on other types. */
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
