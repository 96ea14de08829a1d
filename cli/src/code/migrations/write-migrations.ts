import { applyPlan } from '../generate/apply-plan.js';
import { addLedger, planEdits } from '../generate/changes/plan-slice.js';
import { withGeneratorContext } from '../generate/generator-context.js';
import { lintMigration } from './lint-migration.js';
import { lockRules } from './lock-rules.js';
import { migrationFiles } from './migration-files.js';
import type { Service } from '../../model/system/system.js';
import type { AppliedPlan } from '../generate/apply-plan.js';
import type { Edit } from '../generate/edits/edit.js';
import type { GeneratorContext, GeneratorContextOptions } from '../generate/generator-context.js';
import type { DatabaseDifference } from '../../inspection/database/service-database.js';

export interface WriteOptions {
  readonly dryRun: boolean;
  /** Default: from the tables. */
  readonly name?: string | undefined;
}

/** Writes the migrations that a service needs, and adds them to its module. */
export function writeMigrations(
  around: GeneratorContextOptions,
  difference: DatabaseDifference,
  options: WriteOptions,
): Promise<AppliedPlan> {
  return withGeneratorContext(around, (context) => write(context, difference, options));
}

async function write(
  context: GeneratorContext,
  { service: serviceName, changes: wanted, migrations }: DatabaseDifference,
  { dryRun, name }: WriteOptions,
): Promise<AppliedPlan> {
  const state = await context.state();
  const service = context.system.services.find((each) => each.name === serviceName)!;
  const folder = `${service.path}/src/migrations`;
  const has = (file: string) => context.read(`${folder}/${file}`) !== undefined;
  const written = migrationFiles(wanted, { name, migrations, has, now: Date.now() });
  const changes = new Map<string, string | Buffer | null>();
  for (const { file, text } of written)
    changes.set(`${folder}/${file}`, await state.format(`${folder}/${file}`, text));
  const files = { ...state.ledger.files };
  const edits = written.flatMap((each) => editsOf(service, each));
  const byHand = await planEdits(edits, { changes, files }, { ...state, direction: 'add' });
  addLedger(changes, { ...state.ledger, files }, state);
  const locks = written.flatMap(({ file }) =>
    locksOf(`${folder}/${file}`, String(changes.get(`${folder}/${file}`))),
  );
  return applyPlan(context, { changes, owned: [], byHand: [...byHand, ...locks] }, { dryRun });
}

/** What msx cannot write without a lock on the table, for the review. */
const locksOf = (file: string, text: string): string[] =>
  lintMigration(text).map(({ line, rule }) => {
    const { why, instead } = lockRules[rule];
    return `${file}:${line} ${rule}: ${why}; instead: ${instead}`;
  });

function editsOf({ path }: Service, { file, className }: { file: string; className: string }): Edit[] {
  const module = `${path}/src/app.module.ts`;
  const from = `./migrations/${file.replace(/\.ts$/, '.js')}`;
  const where = { at: 'call-list', call: 'DatabaseModule.forRoot', property: 'migrations' } as const;
  return [
    { kind: 'import', file: module, from, names: [className] },
    { kind: 'code', file: module, where, text: className },
  ];
}
