import type { Example } from './example.js';

/** What the playground opens with: a tab for each. Each works once those to its left have been run. */
export const examples: readonly Example[] = [
  {
    query: `query Schema {
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}`,
  },
];
