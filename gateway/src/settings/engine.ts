/**
 * Executes operations: compiled code on top of graphql-js, or Apollo Server. Both give the same responses; see
 * docs/adr/0012-graphql-engine.md. The packages of Apollo Server have to be installed first.
 */
export const ENGINES = ['compiled', 'apollo'] as const;

export type EngineName = (typeof ENGINES)[number];
