import type { Input, Infer, Shape, Wire } from './field.js';
import { Struct } from './struct.js';

/** One Kafka API: request and response in all served versions. */
export interface Api<Req extends Shape = Shape, Res extends Shape = Shape> {
  readonly key: number;
  readonly name: string;
  /** First and last version served. */
  readonly versions: readonly [number, number];
  /** The first flexible version (KIP-482). */
  readonly flexible: number;
  readonly request: Struct<Req>;
  readonly response: Struct<Res>;
}

export type RequestOf<A> = A extends Api<infer Req, Shape> ? Infer<Req> : never;
export type ResponseOf<A> = A extends Api<Shape, infer Res> ? Input<Infer<Res>> : never;

type Table<Req, Res> = Omit<Api, 'request' | 'response'> & { readonly request: Req; readonly response: Res };

export const api = <Req extends Shape, Res extends Shape>(table: Table<Req, Res>): Api<Req, Res> => ({
  ...table,
  request: new Struct(table.request),
  response: new Struct(table.response),
});

export const wireOf = ({ flexible }: Pick<Api, 'flexible'>, version: number): Wire => ({
  version,
  flexible: version >= flexible,
});
