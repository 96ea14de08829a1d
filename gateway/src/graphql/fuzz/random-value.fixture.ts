import { GraphQLEnumType, GraphQLInputObjectType, isListType, isNonNullType } from 'graphql';
import type { GraphQLInputType, GraphQLNamedType } from 'graphql';
import * as fc from 'fast-check';

/** Draws from an arbitrary, so that failures shrink. */
export type Draw = <T>(arbitrary: fc.Arbitrary<T>) => T;

/** A value in both its forms: in variables, and in the query itself. */
export interface RandomValue {
  readonly json: unknown;
  readonly literal: string;
}

const text = fc.string({ unit: 'binary', maxLength: 40 });
const numbers = [0, 1, 2, 10, 100, 101, -1, 0.5, 9.99, 0.001, 2 ** 31 - 1, 2 ** 31, 1e21, -0, 5e-324];
const dates = ['2026-01-01T00:00:00.000Z', '2026-01-01', 'yesterday', '+275760-09-13T00:00:00.001Z'];
const emails = ['jane@example.com', `${'j'.repeat(300)}@example.com`, 'jane', '@'];

/** Values of a type: some valid, some that only match the type; one in thirty is of another type. */
export class RandomValues {
  /** @param ids the ids of existing entities */
  constructor(
    private readonly draw: Draw,
    private readonly ids: readonly string[],
  ) {}

  of(type: GraphQLInputType): RandomValue {
    if (this.oneIn(30)) return plain(this.draw(fc.jsonValue({ maxDepth: 2 })));
    if (isNonNullType(type)) return this.present(type.ofType);
    return this.oneIn(5) ? plain(null) : this.present(type);
  }

  oneIn(count: number): boolean {
    return this.draw(fc.nat({ max: count - 1 })) === 1;
  }

  private present(type: GraphQLInputType): RandomValue {
    if (isListType(type)) return listOf(this.some(3).map(() => this.of(type.ofType)));
    if (type instanceof GraphQLInputObjectType) return this.objectOf(type);
    if (!(type instanceof GraphQLEnumType)) return plain(this.scalar(type as GraphQLNamedType));
    const { name } = this.draw(fc.constantFrom(...type.getValues()));
    return { json: name, literal: name };
  }

  private objectOf(type: GraphQLInputObjectType): RandomValue {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || this.oneIn(2),
    );
    const values = fields.map((field) => [field.name, this.of(field.type)] as const);
    return {
      json: Object.fromEntries(values.map(([name, { json }]) => [name, json])),
      literal: `{ ${values.map(([name, { literal }]) => `${name}: ${literal}`).join(', ')} }`,
    };
  }

  private scalar({ name }: GraphQLNamedType): unknown {
    if (name === 'Boolean') return this.draw(fc.boolean());
    if (name === 'Int') return this.draw(fc.constantFrom(...numbers.filter((one) => Number.isInteger(one))));
    if (name === 'Float') return this.draw(fc.constantFrom(...numbers));
    if (name === '_Any') return this.representation();
    if (name === 'DateTime') return this.draw(fc.oneof(fc.constantFrom(...dates), text));
    return this.draw(fc.oneof(fc.constantFrom(...this.ids, ...emails, ''), fc.uuid(), text));
  }

  private representation(): unknown {
    const __typename = this.draw(fc.constantFrom('Reader', 'Book', 'Loan', 'LoanItem', 'Nothing'));
    return { __typename, id: this.draw(fc.constantFrom(...this.ids)) };
  }

  private some(most: number): undefined[] {
    return Array.from({ length: this.draw(fc.nat({ max: most })) });
  }
}

function listOf(values: RandomValue[]): RandomValue {
  return {
    json: values.map(({ json }) => json),
    literal: `[${values.map(({ literal }) => literal).join(', ')}]`,
  };
}

/** JSON escapes are valid in GraphQL. */
function plain(json: unknown): RandomValue {
  if (Array.isArray(json)) return { json, literal: listOf(json.map(plain)).literal };
  if (typeof json !== 'object' || json === null) return { json, literal: JSON.stringify(json) };
  const fields = Object.entries(json).filter(([name]) => /^[_A-Za-z]\w*$/.test(name));
  const literals = fields.map(([name, value]) => `${name}: ${plain(value).literal}`);
  return { json, literal: `{ ${literals.join(', ')} }` };
}
