// A third-party subgraph on another library: reviews of products by users, of which it knows only the ids.
import { mercuriusFederationPlugin } from '@mercuriusjs/federation';
import fastify from 'fastify';

const schema = `
  type Query {
    reviews: [Review!]!
  }
  type Mutation {
    review(text: String!, productId: ID!, authorId: ID!): Review
  }
  type Review {
    text: String!
    product: Product
    author: User
  }
  extend type Product @key(fields: "id") {
    id: ID! @external
    reviews: [Review!]!
  }
  extend type User @key(fields: "id") {
    id: ID! @external
  }
`;

const reviews = [];
const resolvers = {
  Query: { reviews: () => reviews },
  Mutation: {
    review: (_, review) => {
      reviews.push(review);
      return review;
    },
  },
  Review: {
    product: ({ productId }) => ({ __typename: 'Product', id: productId }),
    author: ({ authorId }) => ({ __typename: 'User', id: authorId }),
  },
  Product: { reviews: ({ id }) => reviews.filter(({ productId }) => productId === id) },
};

const server = fastify();
server.register(mercuriusFederationPlugin, { schema, resolvers });
await server.listen({ port: 0, host: '127.0.0.1' });
console.log(`http://127.0.0.1:${server.server.address().port}/graphql`);
