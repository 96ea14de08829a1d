import { type MigrationInterface, type QueryRunner, Table, TableColumn } from 'typeorm';

export class CreateSessions1767830400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const role = { name: 'role', type: 'varchar', length: '20', default: "'customer'" };
    await runner.addColumn('users', new TableColumn(role));
    await runner.createTable(
      new Table({
        name: 'sessions',
        columns: [
          { name: 'id', type: 'varchar', length: '36', isPrimary: true },
          { name: 'user_id', type: 'varchar', length: '36' },
          { name: 'secret_hash', type: 'varchar', length: '64' },
          { name: 'created_at', type: 'bigint' },
          { name: 'expires_at', type: 'bigint' },
        ],
        indices: [
          { name: 'sessions_by_user', columnNames: ['user_id'] },
          { name: 'sessions_by_expiry', columnNames: ['expires_at'] },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('sessions');
    await runner.dropColumn('users', 'role');
  }
}
