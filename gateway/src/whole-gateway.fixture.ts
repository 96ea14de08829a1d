import { entity, GatewayModule, gatewayService } from './index.js';
import { Module } from '@nestjs/common';
import { BookService } from './library/contract.fixture.js';
import { Book } from './library/books.fixture.js';
import { BookResolver } from './library/book.resolver.fixture.js';
import { BOOKS, type Books } from './library/upstreams.fixture.js';

const upstreams = [
  { name: 'book-service', token: BOOKS, client: BookService, service: 'library.v1.BookService' },
];

const book = entity(Book, {
  from: BOOKS,
  load: async (books: Books, ids) =>
    (await books.read('batchGetBooks', { ids })).books.map((message) => new Book(message)),
});

@Module({
  imports: [GatewayModule.forRoot({ upstreams, entities: { Book: book } })],
  providers: [BookResolver],
})
class AppModule {}

export const gateway = gatewayService({ name: 'book-gateway', module: AppModule });
