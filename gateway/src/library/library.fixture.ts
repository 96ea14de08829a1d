import { randomUUID } from 'node:crypto';
import { DomainError } from '@msx/runtime';
import { TestUpstream } from '../testing/test-upstream.js';
import type { Handlers } from '../testing/test-upstream.js';
import { TestUpstreams } from '../testing/test-upstreams.js';
import { validationFailed } from '../validation/validation.pipe.js';
import { BookService, LoanService, ReaderService } from './contract.fixture.js';
import type { Book, Loan, Reader, Session } from './contract.fixture.js';

/** The three services of a made-up library, over real gRPC. */
export class Library extends TestUpstreams {
  readonly readers = new Map<string, Reader>();
  readonly books = new Map<string, Book>();
  readonly loans = new Map<string, Loan>();
  readonly readerService = new TestUpstream(ReaderService, this.readerHandlers());
  readonly bookService = new TestUpstream(BookService, this.bookHandlers());
  readonly loanService = new TestUpstream(LoanService, this.loanHandlers());
  override readonly servers = {
    READER_SERVICE_URL: this.readerService,
    BOOK_SERVICE_URL: this.bookService,
    LOAN_SERVICE_URL: this.loanService,
  };

  addReader(name = 'Jane', email = `${randomUUID()}@example.com`): Reader {
    return put(this.readers, { id: randomUUID(), name, email, roles: ['CUSTOMER'], ...now() });
  }

  addBook(fields: Partial<Book> = {}): Book {
    const price = { minorUnits: 2999, currencyCode: 'USD' };
    const defaults = { name: 'Emma', description: '', price, stock: 10, category: 'Novels' };
    return put(this.books, { id: randomUUID(), ...defaults, ...now(), ...fields });
  }

  addLoan(readerId: string, books: Book[]): Loan {
    const items = books.map(({ id, price }) => ({ bookId: id, quantity: 1, price }));
    return put(this.loans, pending(readerId, items));
  }

  private readerHandlers(): Handlers<typeof ReaderService> {
    const { readers } = this;
    const get = (id: string) => readers.get(id) ?? notFound('READER_NOT_FOUND', id);
    const found = (search = '') => [...readers.values()].filter(({ name }) => name.includes(search));
    return {
      createReader: ({ name, email }) => ({ reader: this.addReader(name, email) }),
      getReader: ({ id }) => ({ reader: get(id) }),
      batchGetReaders: ({ ids }) => ({ readers: pick(readers, ids) }),
      listReaders: (request) => ({ readers: paged([...readers.values()], request) }),
      countReaders: ({ filter }) => ({ count: found(filter?.search).length }),
      searchReaders: ({ filter, first, after }) => {
        const rows = found(filter?.search);
        const start = rows.findIndex(({ id }) => id === after) + 1;
        if (after && !start) throw validationFailed([{ field: 'after', message: 'must be a cursor' }]);
        const page = rows.slice(start, start + first);
        const edges = page.map((reader) => ({ reader, cursor: reader.id }));
        return { edges, hasNextPage: rows.length > start + first };
      },
      updateReader: ({ id, ...changes }) => ({ reader: put(readers, { ...get(id), ...defined(changes) }) }),
      login: ({ email }) => this.signIn([...readers.values()].find((reader) => reader.email === email)),
      refreshToken: ({ refreshToken }) => this.signIn(readers.get(refreshToken)),
      logout: () => ({}),
    };
  }

  /** The refresh tokens of this fixture are reader ids. */
  private async signIn(reader: Reader | undefined): Promise<Session> {
    if (!reader) throw new DomainError('INVALID_CREDENTIALS', 'no such reader', { kind: 'unauthenticated' });
    const accessToken = await this.keys.sign({ id: reader.id, roles: ['customer'] });
    return { reader, accessToken, accessTokenExpiresAt: new Date(), refreshToken: reader.id };
  }

  private bookHandlers(): Handlers<typeof BookService> {
    const { books } = this;
    const get = (id: string) => books.get(id) ?? notFound('BOOK_NOT_FOUND', id);
    const of = (category?: string) =>
      [...books.values()].filter((book) => !category || book.category === category);
    return {
      createBook: (request) => ({ book: this.addBook(request) }),
      getBook: ({ id }) => ({ book: get(id) }),
      batchGetBooks: ({ ids }) => ({ books: pick(books, ids) }),
      listBooks: (request) => ({ books: paged(of(request.category), request) }),
      countBooks: ({ category }) => ({ count: of(category).length }),
      updateBook: ({ id, ...changes }) => ({ book: put(books, { ...get(id), ...defined(changes) }) }),
      deleteBook: ({ id }) => {
        const book = get(id);
        books.delete(id);
        return { book };
      },
    };
  }

  private loanHandlers(): Handlers<typeof LoanService> {
    const { loans } = this;
    const of = (readerId: string) => [...loans.values()].filter((loan) => loan.readerId === readerId);
    return {
      createLoan: ({ readerId, items }) => ({ loan: put(loans, pending(readerId, items)) }),
      getLoan: ({ id }) => ({ loan: loans.get(id) ?? notFound('LOAN_NOT_FOUND', id) }),
      batchGetLoans: ({ ids }) => ({ loans: pick(loans, ids) }),
      listReaderLoans: (request) => ({ loans: paged(of(request.readerId), request) }),
    };
  }
}

function pending(readerId: string, items: Loan['items']): Loan {
  const minorUnits = items.reduce((sum, { price, quantity }) => sum + price.minorUnits * quantity, 0);
  const total = { minorUnits, currencyCode: 'USD' };
  return { id: randomUUID(), readerId, status: 'PENDING', items, total, ...now() };
}

function now(): { createdAt: Date; updatedAt: Date } {
  return { createdAt: new Date(), updatedAt: new Date() };
}

function put<T extends { id: string }>(table: Map<string, T>, row: T): T {
  table.set(row.id, row);
  return row;
}

/** In reverse, since batch RPCs do not promise an order. */
function pick<T>(table: Map<string, T>, ids: string[]): T[] {
  return ids.flatMap((id) => table.get(id) ?? []).reverse();
}

function paged<T>(rows: T[], { page, limit }: { page: number; limit: number }): T[] {
  return rows.slice((page - 1) * limit, page * limit);
}

function defined<T extends object>(changes: T): Partial<T> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function notFound(reason: string, id: string): never {
  throw new DomainError(reason, `there is no ${id}`, { kind: 'not-found' });
}
