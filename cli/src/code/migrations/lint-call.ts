import { firstOf, nameOf, node, nodes } from '../generate/edits/syntax.js';
import type { Syntax } from '../generate/edits/syntax.js';
import type { SqlContext } from './lint-sql.js';
import type { LockRuleName } from './lock-rules.js';

/** Methods of TypeORM's QueryRunner that lock the table in their first argument. */
const METHODS: Readonly<Record<string, LockRuleName>> = {
  createIndex: 'blocking-index',
  createIndices: 'blocking-index',
  changeColumn: 'change-column',
  changeColumns: 'change-column',
  createForeignKey: 'validated-constraint',
  createForeignKeys: 'validated-constraint',
  createCheckConstraint: 'validated-constraint',
  createCheckConstraints: 'validated-constraint',
  createUniqueConstraint: 'unique-constraint',
  createUniqueConstraints: 'unique-constraint',
  createExclusionConstraint: 'unique-constraint',
  createExclusionConstraints: 'unique-constraint',
  createPrimaryKey: 'unique-constraint',
  updatePrimaryKeys: 'unique-constraint',
};

/** A default in SQL whose value differs from row to row. */
const VOLATILE = /random|uuid|clock_timestamp|timeofday|nextval/i;

/** The rules that a call breaks: of the QueryRunner, or of a function of the runtime. */
export function lintCall(call: Syntax, all: readonly Syntax[], context: SqlContext): LockRuleName[] {
  const callee = node(call['callee']);
  const [first, second, third] = nodes(call['arguments']);
  if (callee?.type === 'Identifier') return lintFunction(nameOf(callee), third, context);
  const method = nameOf(callee?.['property']) ?? '';
  if (context.created.has(nameOf(first) ?? '')) return [];
  if (method === 'addColumn' || method === 'addColumns') return lintColumn(resolved(second, all));
  const rule = Object.hasOwn(METHODS, method) ? METHODS[method] : undefined;
  if (!rule) return [];
  const isConcurrent = rule === 'blocking-index' && isTrue(resolved(second, all), 'isConcurrent');
  if (!isConcurrent) return [rule];
  return context.isOnline ? [] : ['online-in-transaction'];
}

function lintFunction(
  name: string | undefined,
  options: Syntax | undefined,
  { isOnline }: SqlContext,
): LockRuleName[] {
  const isIndex = name === 'createIndexOnline' || name === 'dropIndexOnline';
  if (isIndex) return isOnline ? [] : ['online-in-transaction'];
  if (name !== 'alterColumn') return [];
  const requires = isFalse(options, 'nullable');
  return [
    ...(propertyOf(options, 'type') ? ['column-type' as const] : []),
    ...(requires && !isOnline ? ['online-in-transaction' as const] : []),
  ];
}

function lintColumn(column: Syntax | undefined): LockRuleName[] {
  const options = firstOf('ObjectExpression', column);
  if (!options) return [];
  const value = propertyOf(options, 'default');
  const isGenerated = isTrue(options, 'isGenerated') || propertyOf(options, 'asExpression') !== undefined;
  const isFilled = value !== undefined || isTrue(options, 'isNullable') || isGenerated;
  return [
    ...(isGenerated || VOLATILE.test(nameOf(value) ?? '') ? ['volatile-default' as const] : []),
    ...(isTrue(options, 'isUnique') ? ['unique-constraint' as const] : []),
    ...(isFilled ? [] : ['required-without-default' as const]),
  ];
}

/** The options of a node, which may be the name of a constant, such as `new TableColumn(ROLE)`. */
function resolved(value: Syntax | undefined, all: readonly Syntax[]): Syntax | undefined {
  if (value?.type === 'NewExpression') return resolved(nodes(value['arguments'])[0], all);
  if (value?.type !== 'Identifier') return value;
  const declared = all.find(({ type, id }) => type === 'VariableDeclarator' && nameOf(id) === nameOf(value));
  return resolved(node(declared?.['init']), all);
}

const propertyOf = (options: Syntax | undefined, name: string): Syntax | undefined => {
  const object = firstOf('ObjectExpression', options);
  return node(nodes(object?.['properties']).find(({ key }) => nameOf(key) === name)?.['value']);
};

const isTrue = (options: Syntax | undefined, name: string) => propertyOf(options, name)?.['value'] === true;
const isFalse = (options: Syntax | undefined, name: string) => propertyOf(options, name)?.['value'] === false;
