import { getNamedType, isCompositeType, isNonNullType, isUnionType } from 'graphql';
import type { GraphQLArgument, GraphQLCompositeType, GraphQLField, GraphQLObjectType } from 'graphql';
import * as fc from 'fast-check';
import type { Draw, RandomValues } from './random-value.fixture.js';

export interface RandomRequest {
  readonly query: string;
  readonly variables: Record<string, unknown>;
}

const DEPTH = 5;

/** Writes one operation for a schema: with random fields, arguments, aliases, variables, fragments and directives. */
export class RandomOperation {
  private readonly variables: Record<string, unknown> = {};
  private readonly definitions: string[] = [];
  private readonly fragments: string[] = [];
  private names = 0;

  constructor(
    private readonly draw: Draw,
    private readonly values: RandomValues,
  ) {}

  over(root: GraphQLObjectType, kind: 'query' | 'mutation'): RandomRequest {
    const body = this.selectionsOf(root, DEPTH);
    const definitions = this.definitions.length ? `(${this.definitions.join(', ')})` : '';
    const query = [`${kind} Random${definitions} ${body}`, ...this.fragments].join('\n');
    return { query, variables: this.variables };
  }

  private selectionsOf(type: GraphQLCompositeType, depth: number): string {
    const { oneIn } = this;
    const fields = isUnionType(type) ? [] : Object.values(type.getFields());
    const usable = fields.filter((field) => depth > 1 || !isCompositeType(getNamedType(field.type)));
    const written = this.some(usable).map((field) => this.field(field, depth - 1));
    if (isUnionType(type))
      written.push(...type.getTypes().map((one) => `... on ${one.name} ${this.selectionsOf(one, depth)}`));
    if (!written.length || oneIn(6)) written.push('__typename');
    return this.wrapped(`{ ${written.join(' ')} }`, type);
  }

  private some<T>(all: readonly T[]): T[] {
    const indices = all.map((_, index) => index);
    const most = Math.min(all.length, 4);
    return this.draw(fc.subarray(indices, { minLength: Math.min(1, most), maxLength: most })).map(
      (n) => all[n]!,
    );
  }

  private readonly oneIn = (count: number): boolean => this.values.oneIn(count);

  /** Unchanged, or in a fragment. */
  private wrapped(body: string, { name }: GraphQLCompositeType): string {
    if (this.oneIn(8)) return `{ ... on ${name}${this.directive()} ${body} }`;
    if (!this.oneIn(8)) return body;
    const fragment = `F${this.names++}`;
    this.fragments.push(`fragment ${fragment} on ${name} ${body}`);
    return this.oneIn(2) ? `{ ...${fragment}${this.directive()} }` : `{ ...${fragment} ...${fragment} }`;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const chosen = field.args.filter((one) => (isNonNullType(one.type) && !this.oneIn(40)) || this.oneIn(2));
    const args = chosen.map((one) => `${one.name}: ${this.argument(one)}`).join(', ');
    const type = getNamedType(field.type);
    const alias = args || this.oneIn(6) ? `a${this.names++}: ` : '';
    const selections = isCompositeType(type) ? ` ${this.selectionsOf(type, depth)}` : '';
    return `${alias}${field.name}${args && `(${args})`}${this.directive()}${selections}`;
  }

  private argument({ type, defaultValue }: GraphQLArgument): string {
    if (this.oneIn(2)) return this.values.of(type).literal;
    const name = `v${this.names++}`;
    const nullable =
      isNonNullType(type) && (defaultValue !== undefined || this.oneIn(3)) ? type.ofType : type;
    const fallback = this.oneIn(3) ? ` = ${this.values.of(nullable).literal}` : '';
    this.definitions.push(`$${name}: ${nullable}${fallback}`);
    if (!this.oneIn(8)) this.variables[name] = this.values.of(nullable).json;
    return `$${name}`;
  }

  private directive(): string {
    if (!this.oneIn(12)) return '';
    const name = `v${this.names++}`;
    this.definitions.push(`$${name}: Boolean!`);
    this.variables[name] = this.draw(fc.boolean());
    return ` @${this.draw(fc.constantFrom('include', 'skip'))}(if: $${name})`;
  }
}

/** The query with a part of it removed, doubled or replaced. */
export function corrupted(draw: Draw, query: string): string {
  const start = draw(fc.nat({ max: query.length }));
  const end = Math.min(query.length, start + draw(fc.nat({ max: 12 })));
  const middle = draw(
    fc.oneof(
      fc.constantFrom(
        '',
        '{',
        '}',
        '(',
        '"',
        '"""',
        '$v',
        '@',
        '...',
        '!',
        '#',
        '\uFEFF',
        query.slice(start, end).repeat(2),
      ),
      fc.string({ unit: 'binary', maxLength: 8 }),
    ),
  );
  return query.slice(0, start) + middle + query.slice(end);
}
