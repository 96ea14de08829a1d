import { getOperationAST, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import { codedError, RequestError } from '../http/request-error.js';
import { Operation } from './operation.js';

/** Longer ones are read anew each time: nobody's clients send them often. */
const MAX_LENGTH = 16_384;

/** Of all documents that are kept: some 50 MB when each character is a name of its own, and far less as people write. */
const MAX_CHARACTERS = 262_144;

export interface DocumentRules {
  readonly maxTokens: number;
  readonly rules: readonly ValidationRule[];
  readonly hideSuggestions: boolean;
}

/** What is known of a document that is well-formed and valid. */
interface Known {
  readonly document: DocumentNode;
  readonly operations: Map<string | undefined, Operation>;
}

/** Reads and validates documents, and remembers those that are valid, in bounded memory. */
export class Documents {
  private readonly rules: readonly ValidationRule[];
  private readonly known = new Map<string, Known>();
  private characters = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly options: DocumentRules,
  ) {
    this.rules = [...specifiedRules, ...options.rules];
  }

  /** @throws RequestError for what is no GraphQL, not valid in this schema, or has no such operation */
  operation(source: string, name: string | undefined): Operation {
    const { document, operations } = this.recall(source) ?? this.read(source);
    const operation =
      operations.get(name) ?? new Operation(this.schema, document, operationIn(document, name));
    operations.set(name, operation);
    return operation;
  }

  private recall(source: string): Known | undefined {
    const known = this.known.get(source);
    if (!known) return undefined;
    this.known.delete(source);
    this.known.set(source, known);
    return known;
  }

  private read(source: string): Known {
    const document = this.parse(source);
    const { hideSuggestions } = this.options;
    const errors = validate(this.schema, document, this.rules, { hideSuggestions });
    if (errors.length)
      throw new RequestError(errors.map((error) => codedError('GRAPHQL_VALIDATION_FAILED', error)));
    const known: Known = { document, operations: new Map() };
    if (source.length <= MAX_LENGTH) this.keep(source, known);
    return known;
  }

  private parse(source: string): DocumentNode {
    try {
      return parse(source, { maxTokens: this.options.maxTokens });
    } catch (error) {
      if (error instanceof GraphQLError) throw new RequestError([codedError('GRAPHQL_PARSE_FAILED', error)]);
      throw error;
    }
  }

  private keep(source: string, known: Known): void {
    this.known.set(source, known);
    this.characters += source.length;
    for (const oldest of this.known.keys()) {
      if (this.characters <= MAX_CHARACTERS) return;
      this.known.delete(oldest);
      this.characters -= oldest.length;
    }
  }
}

function operationIn(
  document: DocumentNode,
  name: string | undefined,
): NonNullable<ReturnType<typeof getOperationAST>> {
  const node = getOperationAST(document, name);
  if (node) return node;
  const message =
    name === undefined
      ? 'Must provide operation name if query contains multiple operations.'
      : `Unknown operation named "${name}".`;
  throw new RequestError([codedError('OPERATION_RESOLUTION_FAILURE', new GraphQLError(message))]);
}
