/** What the playground opens with: a tab for each. */
export const examples: readonly string[] = [
  `query Schema {
  __schema {
    queryType {
      fields {
        name
        description
      }
    }
  }
}`,
];
