import { getOperationAST, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, GraphQLSchema, ValidationRule } from 'graphql';
import { codedError, RequestError } from '../http/request-error.js';
import { Operation } from './operation.js';

/** Longer documents are not cached: clients rarely send them. */
const MAX_LENGTH = 16_384;

/** Of all cached documents: about 50 MB if each character is a name of its own, and far less for usual ones. */
const MAX_CHARACTERS = 262_144;

export interface DocumentRules {
  readonly maxTokens: number;
  readonly rules: readonly ValidationRule[];
  readonly hideSuggestions: boolean;
}

/** A valid document, and its operations that were requested so far. */
interface CachedDocument {
  readonly document: DocumentNode;
  readonly operations: Map<string | undefined, Operation>;
}

/** Parses and validates documents, and caches valid ones in bounded memory. */
export class Documents {
  private readonly rules: readonly ValidationRule[];
  private readonly cache = new Map<string, CachedDocument>();
  private characters = 0;

  constructor(
    private readonly schema: GraphQLSchema,
    private readonly options: DocumentRules,
  ) {
    this.rules = [...specifiedRules, ...options.rules];
  }

  /** @throws RequestError if the source is not GraphQL, not valid in this schema, or has no such operation */
  operation(source: string, name: string | undefined): Operation {
    const { document, operations } = this.cached(source) ?? this.read(source);
    const operation =
      operations.get(name) ?? new Operation(this.schema, document, operationIn(document, name));
    operations.set(name, operation);
    return operation;
  }

  private cached(source: string): CachedDocument | undefined {
    const cached = this.cache.get(source);
    if (!cached) return undefined;
    this.cache.delete(source);
    this.cache.set(source, cached);
    return cached;
  }

  private read(source: string): CachedDocument {
    const document = this.parse(source);
    const { hideSuggestions } = this.options;
    const errors = validate(this.schema, document, this.rules, { hideSuggestions });
    if (errors.length)
      throw new RequestError(errors.map((error) => codedError('GRAPHQL_VALIDATION_FAILED', error)));
    const valid: CachedDocument = { document, operations: new Map() };
    if (source.length <= MAX_LENGTH) this.keep(source, valid);
    return valid;
  }

  private parse(source: string): DocumentNode {
    try {
      return parse(source, { maxTokens: this.options.maxTokens });
    } catch (error) {
      if (error instanceof GraphQLError) throw new RequestError([codedError('GRAPHQL_PARSE_FAILED', error)]);
      throw error;
    }
  }

  private keep(source: string, document: CachedDocument): void {
    this.cache.set(source, document);
    this.characters += source.length;
    for (const oldest of this.cache.keys()) {
      if (this.characters <= MAX_CHARACTERS) return;
      this.cache.delete(oldest);
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
