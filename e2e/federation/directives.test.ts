import { expect, it } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import { directedSchema } from '../../gateway/src/schema/directed-schema.fixture.js';
import { subgraphSdl } from '../../gateway/src/schema/subgraph-sdl.js';

/** Another subgraph with shelves and colours of books, which is valid only because both are shareable. */
const OTHER = `
  extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
  type Shelf @shareable { label: String! }
  enum Colour { RED BLUE }
  scalar Isbn
  type Book @key(fields: "isbn") { isbn: Isbn! colour: Colour! @shareable copies: Int! }
  type Query { shelves: [Shelf!]! }
`;

it('a schema with directives everywhere composes with another that shares types with it', async () => {
  const sdl = subgraphSdl(await directedSchema());
  const { supergraphSdl, errors } = composeServices([
    { name: 'books', url: 'http://books', typeDefs: parse(sdl) },
    { name: 'other', url: 'http://other', typeDefs: parse(OTHER) },
  ]);
  expect(errors).toBeUndefined();
  expect(supergraphSdl).toMatch(/cost: Float .*@inaccessible/);
  expect(supergraphSdl).toMatch(/input BookRequest[^{]*@tag\(name: "input"\)/);
  expect(supergraphSdl).toMatch(/things\(request: BookRequest[^)]*@tag\(name: "argument"\)/);
});
