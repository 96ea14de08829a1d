import { execute, getVariableValues, Kind, visit, BREAK } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { CompiledQuery } from 'graphql-jit';
import { codedError, RequestError } from '../http/request-error.js';

export type Variables = Readonly<Record<string, unknown>>;

/** Compiling costs as much as many executions, so that an operation has to come back first. */
const USES_BEFORE_COMPILING = 5;

const MAX_ERRORS = 50;

/** One operation of a valid document: executed by graphql-js at first, and compiled once it proves to be in use. */
export class Operation {
  private uses = 0;
  private compiled: CompiledQuery | undefined;

  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    readonly node: OperationDefinitionNode,
  ) {}

  /**
   * Whether variables are good is graphql-js's to say, compiled or not.
   * @throws RequestError
   */
  async execute(context: unknown, variables: Variables): Promise<ExecutionResult> {
    this.check(variables);
    if (++this.uses === USES_BEFORE_COMPILING) this.compile();
    if (this.compiled) return this.compiled.query(undefined, context, variables);
    const { schema, document, node } = this;
    const operationName = node.name?.value;
    return execute({ schema, document, operationName, contextValue: context, variableValues: variables });
  }

  private check(variables: Variables): void {
    const { variableDefinitions = [] } = this.node;
    if (!variableDefinitions.length) return;
    const { errors } = getVariableValues(this.schema, variableDefinitions, variables, {
      maxErrors: MAX_ERRORS,
    });
    if (errors) throw new RequestError(errors.map((error) => codedError('BAD_USER_INPUT', error)));
  }

  private compile(): void {
    const { schema, document, node } = this;
    if (!isPlain(document)) return;
    const compiled = compileQuery(schema, document, node.name?.value);
    if (isCompiledQuery(compiled)) this.compiled = compiled;
  }
}

/**
 * Whether a document is one operation without named fragments and directives. The compiler writes out each named fragment
 * wherever it is spread, which a small document can make endless, and takes a condition on one of its uses for a condition
 * on all of them.
 */
function isPlain(document: DocumentNode): boolean {
  let plain = document.definitions.length === 1;
  visit(document, {
    [Kind.DIRECTIVE]: () => {
      plain = false;
      return BREAK;
    },
  });
  return plain;
}
