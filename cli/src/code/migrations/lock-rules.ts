/** Why a statement is told, what to write instead, and the page of PostgreSQL's manual that says so. */
export interface LockRule {
  readonly why: string;
  readonly instead: string;
  /** Below https://www.postgresql.org/docs/current/. */
  readonly source: string;
}

const ALTER_TABLE = 'sql-altertable.html#SQL-ALTERTABLE-NOTES';
const CREATE_INDEX = 'sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY';

/** What locks a large table on PostgreSQL for long, or fails on one that has rows. */
export const lockRules = {
  'blocking-index': {
    why: 'nothing can be written while the index is built',
    instead: 'createIndexOnline of @msx/runtime, in a migration with readonly transaction = false',
    source: CREATE_INDEX,
  },
  'online-in-transaction': {
    why: 'it needs a migration without a transaction: in one, PostgreSQL refuses it or keeps its locks to the end',
    instead: 'readonly transaction = false in the class, and nothing else in that migration',
    source: CREATE_INDEX,
  },
  'volatile-default': {
    why: 'the default differs in each row, so the whole table is rewritten under an exclusive lock',
    instead: 'add the column as nullable, fill it in batches, then require it with alterColumn',
    source: ALTER_TABLE,
  },
  'required-without-default': {
    why: 'it fails when the table has rows, which have no value for the column',
    instead: 'give it a constant default, or make it nullable, fill it, and require it with alterColumn',
    source: ALTER_TABLE,
  },
  'column-type': {
    why: 'another type rewrites the whole table under an exclusive lock, unless it is only a longer varchar or text',
    instead: 'add another column, fill it in batches, and drop this one in a later version',
    source: ALTER_TABLE,
  },
  'change-column': {
    why: 'TypeORM drops the column, with its data, and adds another when its type or length changes',
    instead: 'alterColumn of @msx/runtime',
    source: ALTER_TABLE,
  },
  'set-not-null': {
    why: 'all rows are checked under an exclusive lock',
    instead: 'alterColumn of @msx/runtime with nullable: false, which validates a CHECK constraint first',
    source: 'sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DROP-NOT-NULL',
  },
  'validated-constraint': {
    why: 'all rows are checked while writes have to wait',
    instead:
      'ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT in a migration with readonly transaction = false',
    source: ALTER_TABLE,
  },
  'unique-constraint': {
    why: 'its index is built under an exclusive lock',
    instead: 'a unique index with createIndexOnline, which ADD CONSTRAINT … USING INDEX can take over',
    source: 'sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX',
  },
  'locked-table': {
    why: 'the table is locked until the statement or its transaction ends',
    instead: 'a form that does not lock, such as REINDEX CONCURRENTLY, or a time without traffic',
    source: 'explicit-locking.html#LOCKING-TABLES',
  },
  'unbounded-change': {
    why: 'every row stays locked until the migration ends',
    instead: 'several statements that each change a bounded number of rows, chosen by WHERE',
    source: 'explicit-locking.html#LOCKING-ROWS',
  },
  'allowed-without-reason': {
    why: 'a lock is allowed without a reason',
    instead: '// lock allowed: the table has at most a hundred rows',
    source: 'explicit-locking.html',
  },
} satisfies Readonly<Record<string, LockRule>>;

export type LockRuleName = keyof typeof lockRules;
