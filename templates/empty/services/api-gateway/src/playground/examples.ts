import type { Example } from '@msx/gateway';

/** The tabs of the playground. Each works once the tabs to its left have been run. */
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
