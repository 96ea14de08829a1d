import { chooseDatabases } from '../../inspection/database/choose-databases.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { MsxCommand } from '../../terminal/base-commands/msx-command.js';
import { serviceNames } from '../../terminal/flags/service-names.js';

export default class DbLint extends MsxCommand {
  static override summary = 'Find statements of migrations that would lock a large table on PostgreSQL.';
  static override description =
    'Says where each statement is, why it locks, and what to write instead. A comment beside or above a statement allows it: // lock allowed: REASON. Tables that the migration itself creates may be locked.';
  static override examples = [
    '<%= config.bin %> <%= command.id %>',
    '<%= config.bin %> <%= command.id %> order-service --json',
  ];
  static override args = serviceNames('services whose migrations to check (default: all)');

  async run() {
    const { argv } = await this.parse(DbLint);
    const system = await this.loadSystem();
    const services = chooseDatabases(system, argv as string[]);
    const { describeLock, lintMigrations } = await import('../../code/migrations/lint-migrations.js');
    const locks = lintMigrations(system.root, services);
    if (locks.length > 0) throw new MsxError('MIGRATION_LOCKS', { locks, texts: locks.map(describeLock) });
    for (const { name } of services) this.log(`${name}: no migration locks a large table`);
    return { locks };
  }
}
