import type { MethodDefinition } from '@grpc/grpc-js';
import type { EventCodec } from '@msx/runtime';

/** The contracts of a made-up library. The gRPC is real, but messages are encoded as JSON. */
export interface Money {
  minorUnits: number;
  currencyCode: string;
}

interface Dated {
  createdAt: Date;
  updatedAt: Date;
}

export interface Reader extends Dated {
  id: string;
  name: string;
  email: string;
  roles: string[];
}

export interface Book extends Dated {
  id: string;
  name: string;
  description: string;
  price: Money;
  stock: number;
  category: string;
}

export interface LoanItem {
  bookId: string;
  quantity: number;
  price: Money;
}

export interface Loan extends Dated {
  id: string;
  readerId: string;
  status: string;
  items: LoanItem[];
  total: Money;
}

export interface Session {
  reader: Reader;
  accessToken: string;
  accessTokenExpiresAt: Date;
  refreshToken: string;
}

export interface ReaderFilter {
  search?: string;
  createdAfter?: Date;
  createdBefore?: Date;
}

export interface SearchReaders {
  filter?: ReaderFilter;
  first: number;
  after: string;
}

export interface ReaderPage {
  edges: { reader: Reader; cursor: string }[];
  hasNextPage: boolean;
}

interface Page {
  page: number;
  limit: number;
}
interface Id {
  id: string;
}
interface Ids {
  ids: string[];
}
type Changes<T> = Id & Partial<T>;

export const ReaderService = service('library.v1.ReaderService', {
  createReader: method<Pick<Reader, 'name' | 'email'>, { reader: Reader }>(),
  getReader: method<Id, { reader: Reader }>(),
  batchGetReaders: method<Ids, { readers: Reader[] }>(),
  listReaders: method<Page, { readers: Reader[] }>(),
  countReaders: method<{ filter?: ReaderFilter }, { count: number }>(),
  searchReaders: method<SearchReaders, ReaderPage>(),
  updateReader: method<Changes<Reader>, { reader: Reader }>(),
  login: method<{ email: string; password: string }, Session>(),
  refreshToken: method<{ refreshToken: string }, Session>(),
  logout: method<{ refreshToken: string }, object>(),
});

export const BookService = service('library.v1.BookService', {
  createBook: method<Partial<Book>, { book: Book }>(),
  getBook: method<Id, { book: Book }>(),
  batchGetBooks: method<Ids, { books: Book[] }>(),
  listBooks: method<Page & { category?: string }, { books: Book[] }>(),
  countBooks: method<{ category?: string }, { count: number }>(),
  updateBook: method<Changes<Book>, { book: Book }>(),
  deleteBook: method<Id, { book: Book }>(),
});

export const LoanService = service('library.v1.LoanService', {
  createLoan: method<Pick<Loan, 'readerId' | 'items'>, { loan: Loan }>(),
  getLoan: method<Id, { loan: Loan }>(),
  batchGetLoans: method<Ids, { loans: Loan[] }>(),
  listReaderLoans: method<Page & { readerId: string }, { loans: Loan[] }>(),
});

export interface LoanStatusChanged {
  loanId: string;
  readerId: string;
  status: string;
}

export interface BookStockUpdated {
  bookId: string;
  stock: number;
  change: number;
}

/** A codec that leaves events as they are. */
export const asJson = <T>(): EventCodec<T> => ({
  fromJSON: (object: T) => object,
  toJSON: (message) => message,
});

function method<Request, Response>(): MethodDefinition<Request, Response> {
  return {
    path: '',
    requestStream: false,
    responseStream: false,
    requestSerialize: toBytes,
    requestDeserialize: fromBytes<Request>,
    responseSerialize: toBytes,
    responseDeserialize: fromBytes<Response>,
  };
}

/** Gives each method its path, with the name as in protobuf: CreateReader. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- methods of any messages
function service<S extends Record<string, MethodDefinition<any, any>>>(name: string, methods: S): S {
  const named = Object.entries(methods).map(([key, each]) => [
    key,
    { ...each, path: `/${name}/${key[0]!.toUpperCase()}${key.slice(1)}` },
  ]);
  return Object.fromEntries(named) as S;
}

function toBytes(message: unknown): Buffer {
  return Buffer.from(JSON.stringify(message));
}

function fromBytes<T>(bytes: Buffer): T {
  return JSON.parse(String(bytes), (key, value: unknown) =>
    /(At|After|Before)$/.test(key) ? new Date(String(value)) : value,
  ) as T;
}
