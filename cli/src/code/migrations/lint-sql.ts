import type { LockRuleName } from './lock-rules.js';

/** The rules that a text of SQL breaks. `created`: the tables that the migration itself makes, which nobody uses yet. */
export function lintSql(sql: string, { created, isOnline, validates }: SqlContext): LockRuleName[] {
  return sql
    .split(';')
    .map((statement) => statement.trim().replace(/\s+/g, ' '))
    .filter((statement) => STATEMENT.test(statement) && !created.has(tableOf(statement)))
    .flatMap((statement) => {
      const broken = RULES.filter(([, breaks]) => breaks(statement)).map(([name]) => name);
      return broken
        .filter((name) => name !== 'set-not-null' || !validates)
        .concat(online(statement, isOnline));
    });
}

export interface SqlContext {
  readonly created: ReadonlySet<string>;
  /** Whether the migration has no transaction. */
  readonly isOnline: boolean;
  /** Whether the migration validates a constraint, which SET NOT NULL relies on. */
  readonly validates: boolean;
}

const STATEMENT = /^(ALTER|CREATE|DROP|UPDATE|DELETE|VACUUM|CLUSTER|LOCK|REINDEX|REFRESH) /i;

/** Functions whose result differs from row to row: `now()` is the same in a transaction. */
const VOLATILE = /(random|gen_random_uuid|uuid_generate_v\d\w*|clock_timestamp|timeofday|nextval)\s*\(/i;

const ADDED = /\bADD (COLUMN )?(IF NOT EXISTS )?(?!CONSTRAINT|CHECK|UNIQUE|PRIMARY|FOREIGN|EXCLUDE)/i;

type Test = (statement: string) => boolean;

const is =
  (yes: RegExp, no?: RegExp): Test =>
  (statement) =>
    yes.test(statement) && !no?.test(statement);

const RULES: readonly (readonly [LockRuleName, Test])[] = [
  ['blocking-index', is(/^CREATE (UNIQUE )?INDEX /i, /^CREATE (UNIQUE )?INDEX CONCURRENTLY /i)],
  ['column-type', is(/^ALTER TABLE .*\bALTER (COLUMN )?\S+ (SET DATA )?TYPE /i)],
  ['set-not-null', is(/^ALTER TABLE .*\bSET NOT NULL/i)],
  ['validated-constraint', is(/^ALTER TABLE .*\bADD (CONSTRAINT \S+ )?(CHECK|FOREIGN KEY)\b/i, /NOT VALID/i)],
  [
    'unique-constraint',
    is(/^ALTER TABLE .*\bADD (CONSTRAINT \S+ )?(UNIQUE|PRIMARY KEY|EXCLUDE)\b/i, /USING INDEX/i),
  ],
  ['volatile-default', (each) => isAdding(each) && (VOLATILE.test(each) || REWRITTEN.test(each))],
  [
    'required-without-default',
    (each) => isAdding(each) && /\bNOT NULL\b/i.test(each) && !/DEFAULT|GENERATED|SERIAL/i.test(each),
  ],
  [
    'locked-table',
    is(/^(VACUUM (\()?FULL|CLUSTER |LOCK (TABLE )?|REINDEX |REFRESH MATERIALIZED VIEW )/i, /CONCURRENTLY/i),
  ],
  ['locked-table', is(/^ALTER TABLE .*\bSET (TABLESPACE|LOGGED|UNLOGGED)\b/i)],
  ['unbounded-change', is(/^(UPDATE (ONLY )?\S+ SET|DELETE FROM) /i, /\bWHERE\b/i)],
];

/** Also rewrites the table: each row gets a value of its own. */
const REWRITTEN = /GENERATED .*(STORED|AS IDENTITY)|\b(BIG|SMALL)?SERIAL\b/i;

const isAdding: Test = (statement) => /^ALTER TABLE /i.test(statement) && ADDED.test(statement);

/** What PostgreSQL refuses in a transaction, or what keeps its lock there while it checks all rows. */
const online = (statement: string, isOnline: boolean): LockRuleName[] =>
  !isOnline && /\bCONCURRENTLY\b|\bVALIDATE CONSTRAINT\b/i.test(statement) ? ['online-in-transaction'] : [];

function tableOf(statement: string): string {
  const [, name = ''] = /\b(?:ON|TABLE|UPDATE|FROM) (?:ONLY |IF EXISTS )*"?([\w.]+)"?/i.exec(statement) ?? [];
  return name;
}
