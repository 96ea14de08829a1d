import { DEFAULT_LIMIT, MAX_LIMIT } from '@msx/runtime';
import type { Type } from '@nestjs/common';
import { ArgsType, Directive, Field, Int, ObjectType } from '@nestjs/graphql';
import { Max, MaxLength, Min } from 'class-validator';
import { IsGiven } from '../validation/text.js';

/** The arguments of a connection: which page of a list to return. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { defaultValue: DEFAULT_LIMIT, description: `Page size, from 1 to ${MAX_LIMIT}.` })
  @Max(MAX_LIMIT, { message: `must not be more than ${MAX_LIMIT}` })
  @Min(1, { message: 'must not be less than 1' })
  readonly first!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor to start after; without one, the first page.',
  })
  @IsGiven()
  @MaxLength(2048, { message: 'must not be longer than 2048 characters' })
  readonly after?: string | null;
}

/** Shareable, since every subgraph with connections has this type. */
@ObjectType({ description: 'The position of a page in its list.' })
@Directive('@shareable')
export class PageInfo {
  @Field({ description: 'Whether there is a next page.' })
  readonly hasNextPage!: boolean;

  @Field({ description: 'Whether the page starts after a cursor.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'The cursor to pass as `after` for the next page.' })
  readonly endCursor!: string | null;
}

interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

/** A page of a list as its service returned it, and the request for it. */
export interface ConnectionPage<T, Request> {
  readonly request: Request & { readonly after: string };
  readonly edges: readonly Edge<T>[];
  readonly hasNextPage: boolean;
}

export interface ConnectionTo<T, Request> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
  /** The request for the page; its filter is needed to count the whole list. */
  readonly request: Request;
}

/**
 * The connection type of a node (Relay's GraphQL Cursor Connections Specification). Extend it with a class that gives it a
 * name.
 */
export function connectionTo<T, Request>(
  Node: Type<T>,
): new (page: ConnectionPage<T, Request>) => ConnectionTo<T, Request> {
  @ObjectType(`${Node.name}Edge`)
  class NodeEdge {
    @Field(() => Node)
    readonly node!: T;

    @Field({ description: 'Pass it as `after`, with the same `sort`.' })
    readonly cursor!: string;
  }

  @ObjectType({ isAbstract: true })
  class Connection {
    @Field(() => [NodeEdge])
    readonly edges: readonly Edge<T>[];

    @Field(() => PageInfo)
    readonly pageInfo: PageInfo;

    readonly request: Request;

    constructor({ request, edges, hasNextPage }: ConnectionPage<T, Request>) {
      this.request = request;
      this.edges = edges;
      this.pageInfo = {
        hasNextPage,
        hasPreviousPage: request.after !== '',
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      };
    }
  }
  return Connection;
}
