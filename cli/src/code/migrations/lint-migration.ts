import { firstOf, nameOf, node, nodes, statementsOf, within } from '../generate/edits/syntax.js';
import { lintCall } from './lint-call.js';
import { lintSql } from './lint-sql.js';
import type { Syntax } from '../generate/edits/syntax.js';
import type { SqlContext } from './lint-sql.js';
import type { LockRuleName } from './lock-rules.js';

/** A statement of a migration that would lock a large table. */
export interface Lock {
  /** From 1. */
  readonly line: number;
  readonly rule: LockRuleName;
}

/** Beside a statement or above it, with the reason why it may lock its table. */
const ALLOWED = /\/\/\s*lock allowed\b:?\s*(.*)$/;

/** The statements of a migration that lock a large table on PostgreSQL, unless a comment allows it with a reason. */
export function lintMigration(text: string): Lock[] {
  const statements = statementsOf(text) ?? [];
  const all = statements.flatMap((each) => [...within(each)]);
  const context = contextOf(text, all);
  const lines = text.split('\n');
  const found = all.flatMap((each) => {
    const line = lineOf(text, each.range[0]);
    return rulesOf(each, all, context).map((rule) => ({ line, rule }));
  });
  const starts = all.filter(({ type }) => type.endsWith('Statement') || type.endsWith('Declaration'));
  return unique(found).flatMap((lock) => {
    const reason = reasonFor(lock.line, lines, { text, starts });
    if (reason === undefined) return [lock];
    return reason ? [] : [{ ...lock, rule: 'allowed-without-reason' as const }];
  });
}

function rulesOf(each: Syntax, all: readonly Syntax[], context: SqlContext): LockRuleName[] {
  if (each.type === 'CallExpression') return lintCall(each, all, context);
  const sql = sqlOf(each);
  return sql === undefined ? [] : lintSql(sql, context);
}

function sqlOf(each: Syntax): string | undefined {
  if (each.type === 'Literal') return nameOf(each);
  if (each.type !== 'TemplateLiteral') return undefined;
  return nodes(each['quasis'])
    .map((quasi) => (quasi['value'] as { cooked?: string }).cooked ?? '')
    .join('x');
}

function contextOf(text: string, all: readonly Syntax[]): SqlContext {
  const tables = all
    .filter(({ type, callee }) => type === 'NewExpression' && nameOf(callee) === 'Table')
    .map((each) => firstOf('ObjectExpression', each))
    .flatMap((options) => nodes(options?.['properties']).filter(({ key }) => nameOf(key) === 'name'))
    .flatMap(({ value }) => nameOf(value) ?? []);
  const made = [...text.matchAll(/CREATE TABLE (?:IF NOT EXISTS )?"?(\w+)/gi)].map(([, name]) => name!);
  const fields = all.filter(
    ({ type, key }) => type === 'PropertyDefinition' && nameOf(key) === 'transaction',
  );
  return {
    created: new Set([...tables, ...made]),
    isOnline: fields.some(({ value }) => node(value)?.['value'] === false),
    validates: /VALIDATE CONSTRAINT/i.test(text),
  };
}

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

const unique = (locks: readonly Lock[]): Lock[] => [
  ...new Map(locks.map((lock) => [`${lock.line} ${lock.rule}`, lock])).values(),
];

/** The reason in a comment in the line, or in the line above the statement; undefined without one. */
function reasonFor(
  line: number,
  lines: readonly string[],
  { text, starts }: { text: string; starts: readonly Syntax[] },
): string | undefined {
  const begin = starts
    .filter(({ range }) => lineOf(text, range[0]) <= line && lineOf(text, range[1]) >= line)
    .map(({ range }) => lineOf(text, range[0]))
    .reduce((last, each) => Math.max(last, each), 1);
  const [beside, above] = [lines[line - 1], lines[begin - 2]].map((each) => ALLOWED.exec(each ?? '')?.[1]);
  return beside ?? above;
}
