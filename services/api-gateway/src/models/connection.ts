import { DEFAULT_LIMIT, MAX_LIMIT } from '@msx/runtime';
import type { Type } from '@nestjs/common';
import { ArgsType, Directive, Field, Int, ObjectType } from '@nestjs/graphql';
import { Max, MaxLength, Min } from 'class-validator';
import { IsGiven } from '../validation/text.js';

/** Which part of a list is asked for. */
@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { defaultValue: DEFAULT_LIMIT, description: `How many, from 1 to ${MAX_LIMIT}.` })
  @Max(MAX_LIMIT, { message: `must not be more than ${MAX_LIMIT}` })
  @Min(1, { message: 'must not be less than 1' })
  readonly first!: number;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the one before them; from the beginning when there is none.',
  })
  @IsGiven()
  @MaxLength(2048, { message: 'must not be longer than 2048 characters' })
  readonly after?: string | null;
}

/** Every subgraph with connections has this type: federation lets several have it. */
@ObjectType({ description: 'Where in its list a page is.' })
@Directive('@shareable')
export class PageInfo {
  @Field({ description: 'Whether more follows.' })
  readonly hasNextPage!: boolean;

  @Field({ description: 'Whether the page began after a cursor.' })
  readonly hasPreviousPage!: boolean;

  @Field(() => String, { nullable: true })
  readonly startCursor!: string | null;

  @Field(() => String, { nullable: true, description: 'What to go on after.' })
  readonly endCursor!: string | null;
}

interface Edge<T> {
  readonly node: T;
  readonly cursor: string;
}

/** A page of a list as its service answers it, and what was asked for. */
export interface Answered<T, Asked> {
  readonly asked: Asked & { readonly after: string };
  readonly edges: readonly Edge<T>[];
  readonly hasNextPage: boolean;
}

export interface ConnectionTo<T, Asked> {
  readonly edges: readonly Edge<T>[];
  readonly pageInfo: PageInfo;
  /** What was asked for, by which the whole list can be counted if anyone wants to know. */
  readonly asked: Asked;
}

/**
 * The connection type of a node (Relay's GraphQL Cursor Connections Specification), to be extended by a class that gives
 * it its name.
 */
export function connectionTo<T, Asked>(
  Node: Type<T>,
): new (answered: Answered<T, Asked>) => ConnectionTo<T, Asked> {
  @ObjectType(`${Node.name}Edge`)
  class NodeEdge {
    @Field(() => Node)
    readonly node!: T;

    @Field({ description: 'Good for `after`, in the same order.' })
    readonly cursor!: string;
  }

  @ObjectType({ isAbstract: true })
  class Connection {
    @Field(() => [NodeEdge])
    readonly edges: readonly Edge<T>[];

    @Field(() => PageInfo)
    readonly pageInfo: PageInfo;

    readonly asked: Asked;

    constructor({ asked, edges, hasNextPage }: Answered<T, Asked>) {
      this.asked = asked;
      this.edges = edges;
      this.pageInfo = {
        hasNextPage,
        hasPreviousPage: asked.after !== '',
        startCursor: edges[0]?.cursor ?? null,
        endCursor: edges.at(-1)?.cursor ?? null,
      };
    }
  }
  return Connection;
}
