import { execute, getVariableValues } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { CompiledQuery } from 'graphql-jit';
import { codedError, RequestError } from '../http/request-error.js';
import { compilable } from './compilable.js';

export type Variables = Readonly<Record<string, unknown>>;

/** Compiling costs as much as many executions, so it must pay off. */
const USES_BEFORE_COMPILING = 5;

const MAX_ERRORS = 50;

/** One operation of a valid document: executed by graphql-js at first, and compiled once it is used repeatedly. */
export class Operation {
  private uses = 0;
  private compiled: CompiledQuery | undefined;
  private notNull: readonly string[] = [];

  constructor(
    readonly schema: GraphQLSchema,
    readonly document: DocumentNode,
    readonly node: OperationDefinitionNode,
  ) {}

  /**
   * Variables are always validated by graphql-js, compiled or not.
   * @throws RequestError
   */
  async execute(context: unknown, variables: Variables): Promise<ExecutionResult> {
    this.check(variables);
    if (++this.uses === USES_BEFORE_COMPILING) this.compile();
    const useCompiled = this.compiled && !this.notNull.some((name) => variables[name] === null);
    if (useCompiled) return this.compiled!.query(undefined, context, variables);
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
    const support = compilable(schema, document);
    if (!support.document) return;
    const compiled = compileQuery(schema, document, node.name?.value);
    if (!isCompiledQuery(compiled)) return;
    this.compiled = compiled;
    this.notNull = support.notNull;
  }
}
