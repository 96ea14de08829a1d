import { Module } from '@nestjs/common';
import { GatewayModule } from '../gateway.module.js';
import type { GatewayOptions } from '../gateway-options.js';
import { gatewayService } from '../gateway-service.js';
import type { GraphqlContext } from '../graphql/graphql-context.js';
import { entity } from '../loaders/entity.js';
import type { LoadersOf } from '../loaders/entity.js';
import { entityExamples } from '../examples/entity-examples.js';
import { BookResolver } from './book.resolver.fixture.js';
import { Book } from './books.fixture.js';
import type { BookStockChange } from './books.fixture.js';
import { LoanResolver } from './loan.resolver.fixture.js';
import { Loan } from './loans.fixture.js';
import type { LoanItem, LoanStatusChange } from './loans.fixture.js';
import { ReaderConnectionResolver, ReaderResolver } from './reader.resolver.fixture.js';
import { Reader } from './readers.fixture.js';
import {
  BOOKS,
  bookStockUpdated,
  LOANS,
  loanStatusChanged,
  READERS,
  upstreams,
} from './upstreams.fixture.js';
import type { Books, Loans, Readers } from './upstreams.fixture.js';

/** A long deadline: tests request responses of many megabytes, on machines of any speed. */
const LONG_DEADLINE = { deadline: 60_000, idempotent: true };

const entities = {
  Reader: entity(Reader, {
    from: READERS,
    load: async (service: Readers, ids) =>
      (await service.read('batchGetReaders', { ids })).readers.map((message) => new Reader(message)),
  }),
  Book: entity(Book, {
    from: BOOKS,
    load: async (service: Books, ids) =>
      (await service.call('batchGetBooks', { ids }, LONG_DEADLINE)).books.map((message) => new Book(message)),
  }),
  Loan: entity(Loan, {
    from: LOANS,
    load: async (service: Loans, ids) =>
      (await service.read('batchGetLoans', { ids })).loans.map((message) => new Loan(message)),
  }),
};

type Context = GraphqlContext<LoadersOf<typeof entities>>;

const relations = {
  Loan: { reader: ({ readerId }: Loan, _: unknown, { loaders }: Context) => loaders.Reader.load(readerId) },
  LoanItem: { book: ({ bookId }: LoanItem, _: unknown, { loaders }: Context) => loaders.Book.load(bookId) },
  LoanStatusChange: {
    loan: ({ loanId }: LoanStatusChange, _: unknown, { loaders }: Context) => loaders.Loan.load(loanId),
  },
  BookStockChange: {
    book: ({ bookId }: BookStockChange, _: unknown, { loaders }: Context) => loaders.Book.load(bookId),
  },
};

export const examples = entityExamples('book', 'books', [
  { name: 'name', type: 'String!', value: 'Middlemarch' },
  { name: 'price', type: 'Float!', value: 19.99 },
  { name: 'stock', type: 'Int!', value: 7 },
  { name: 'category', type: 'String!', value: 'Novels' },
]);

/** The gateway options of the library. */
const libraryOptions = {
  entities,
  relations,
  upstreams,
  examples,
  follows: [loanStatusChanged, bookStockUpdated],
} satisfies GatewayOptions;

@Module({
  imports: [GatewayModule.forRoot(libraryOptions)],
  providers: [ReaderResolver, ReaderConnectionResolver, BookResolver, LoanResolver],
})
class LibraryModule {}

export const libraryGateway = gatewayService({ name: 'library-gateway', module: LibraryModule });
