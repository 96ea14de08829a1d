import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigInteger, moment } from './columns.js';
import { contains } from './contains.js';
import { encodeCursor } from './cursor.js';
import type { Database } from './database.js';
import { createTestDatabase, describeDatabases } from './databases.fixture.js';
import type { TestDatabase } from './databases.fixture.js';
import { newId } from './id.js';
import { DEFAULT_LIMIT } from '../validation/page.js';
import { pageOf } from './keyset.js';
import type { EdgePage, Sort } from './keyset.js';

@Entity('books')
class Book {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar')
  title!: string;

  @Column(bigInteger)
  price!: number;

  @Column({ name: 'printed_at', ...moment })
  printedAt!: Date;
}

describeDatabases('pageOf', (driver) => {
  let file: TestDatabase;
  let database: Database;

  beforeAll(async () => {
    file = await createTestDatabase(driver);
    database = await file.open([Book]);
    const columns = 'id varchar(36), title varchar(99), price bigint, printed_at bigint';
    await database.transaction((tx) => tx.query(`CREATE TABLE books (${columns})`));
  });
  afterAll(() => file.remove());
  beforeEach(() => database.transaction((tx) => tx.query('DELETE FROM books')));

  const add = async (...books: Partial<Book>[]): Promise<Book[]> => {
    const defaults = { title: 'T', price: 1, printedAt: new Date() };
    const rows = books.map((book) => ({ id: newId(), ...defaults, ...book }));
    await database.transaction((tx) => tx.insert(Book, rows));
    return rows;
  };
  const page = (sort: Sort<Book>, first: number, after = ''): Promise<EdgePage<Book>> =>
    pageOf(database.read.createQueryBuilder(Book, 'book'), sort, { first, after });
  const walk = async (
    sort: Sort<Book>,
    between = (): Promise<unknown> => Promise.resolve(),
  ): Promise<Book[]> => {
    const seen: Book[] = [];
    let last = await page(sort, 3);
    while (last.hasNextPage) {
      expect(last.edges).toHaveLength(3);
      seen.push(...last.edges.map(({ node }) => node));
      await between();
      last = await page(sort, 3, last.edges[2]!.cursor);
    }
    return [...seen, ...last.edges.map(({ node }) => node)];
  };

  it.each<Sort<Book>>([
    { by: 'price' },
    { by: 'price', descending: true },
    { by: 'title' },
    { by: 'title', descending: true },
    { by: 'printedAt', descending: true },
  ])('shows every row once, with ties broken by id: %j', async ({ by, descending }) => {
    const titles = ['Ä', 'b', 'B', 'a"\\', '日本'];
    const books = Array.from({ length: 20 }, (_, n) => ({
      title: titles[n % 5],
      price: n % 4,
      printedAt: new Date(1e12 + (n % 3)),
    }));
    await add(...books);
    const seen = await walk({ by, descending });
    expect(new Set(seen.map(({ id }) => id)).size).toBe(20);
    const direction = descending ? 'DESC' : 'ASC';
    const all = await database.read.find(Book, { order: { [by]: direction, id: direction } });
    expect(seen).toEqual(all);
  });

  it('neither repeats nor skips rows while others are added and deleted', async () => {
    const books = await add(...Array.from({ length: 9 }, (_, n) => ({ price: 10 * n })));
    const churn = async () => {
      await add({ price: -1 });
      await database.transaction((tx) => tx.delete(Book, { id: books[0]!.id }));
    };
    expect((await walk({ by: 'price' }, churn)).map(({ price }) => price)).toEqual(
      books.map(({ price }) => price),
    );
  });

  it('continues after a row that was deleted', async () => {
    const [first, second] = await add({ price: 1 }, { price: 2 });
    const { edges } = await page({ by: 'price' }, 1);
    await database.transaction((tx) => tx.delete(Book, { id: first!.id }));
    expect((await page({ by: 'price' }, 1, edges[0]!.cursor)).edges[0]!.node).toEqual(second);
  });

  it('is empty for an empty table, and after the last row', async () => {
    expect(await page({ by: 'price' }, 5)).toEqual({ edges: [], hasNextPage: false });
    await add({});
    const { edges, hasNextPage } = await page({ by: 'price' }, 1);
    expect(hasNextPage).toBe(false);
    expect(await page({ by: 'price' }, 1, edges[0]!.cursor)).toEqual({ edges: [], hasNextPage: false });
  });

  it.each([
    ['nonsense', 'x'],
    ['JSON that is not a position', Buffer.from('{"a":1}').toString('base64url')],
    ['another sort order', encodeCursor('-price', { value: 1, id: newId() })],
    ['another kind of value', encodeCursor('price', { value: 'one', id: newId() })],
    ['half a price', encodeCursor('price', { value: 0.5, id: newId() })],
    ['an invalid id', encodeCursor('price', { value: 1, id: "' OR 1=1" })],
    ['endless text', 'A'.repeat(100_000)],
  ])('refuses a cursor of %s', async (_, cursor) => {
    const fields = [{ field: 'after', message: 'must be a cursor of this list in this order' }];
    await expect(page({ by: 'price' }, 1, cursor)).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
      metadata: { fields: JSON.stringify(fields) },
    });
  });

  it.each(['\0', 1])('refuses a cursor of a text that is %j', async (value) => {
    const cursor = encodeCursor('title', { value, id: newId() });
    await expect(page({ by: 'title' }, 1, cursor)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  });

  it('has the default page size when the request sets none', async () => {
    await add(...Array.from({ length: DEFAULT_LIMIT + 1 }, (_, n) => ({ price: n })));
    const { edges, hasNextPage } = await page({ by: 'price' }, 0);
    expect([edges.length, hasNextPage]).toEqual([DEFAULT_LIMIT, true]);
  });

  it.each([-1, 101, 1.5])('refuses %d rows', async (first) => {
    await expect(page({ by: 'price' }, first)).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
  });

  it('searches literally and case-insensitively', async () => {
    await add({ title: '100% Wool_y' }, { title: '1000 Woolly\\' });
    const found = async (text: string) =>
      database.read
        .createQueryBuilder(Book, 'book')
        .where(...contains(database.read, ['book.title'], text))
        .getCount();
    expect(await Promise.all(['0% w', 'wool_', 'LLY\\', 'WOOL', '%w', "'"].map(found))).toEqual([
      1, 1, 1, 2, 0, 0,
    ]);
  });

  it('searches identically on every database, in any script', async () => {
    const titles = ['ÄRGER über Straße', 'ΟΔΟΣ', 'Жук', 'Cafe\u0301 *[a]?^-$.(b)|{1}', 'Kelvin', 'a'];
    await add(...titles.map((title) => ({ title })));
    const found = async (text: string) => {
      const query = database.read.createQueryBuilder(Book, 'book');
      const books = await query.where(...contains(query, ['book.title'], text)).getMany();
      return books.map(({ title }) => titles.indexOf(title)).filter((n) => n >= 0);
    };
    const searches = [
      'ärger',
      'STRAẞE',
      'οδος',
      'ЖУК',
      'CAFÉ',
      '[A]?^-$.(B)|{1}',
      '\u212aELVIN',
      'arger',
      'strasse',
      'e\0',
    ];
    expect(await Promise.all(searches.map(found))).toEqual([[0], [0], [1], [2], [3], [3], [4], [], [], []]);
  });
});
