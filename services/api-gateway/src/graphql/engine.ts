/**
 * What executes operations: compiled code over graphql-js, or Apollo Server. Both give the same answers; see
 * docs/adr/0012-graphql-engine.md.
 */
export const ENGINES = ['compiled', 'apollo'] as const;

export type EngineName = (typeof ENGINES)[number];
