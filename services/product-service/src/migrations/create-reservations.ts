import { type MigrationInterface, type QueryRunner, Table } from 'typeorm';

export class CreateReservations1767225600001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.createTable(
      new Table({
        name: 'reservations',
        columns: [
          { name: 'order_id', type: 'varchar', length: '64', isPrimary: true },
          { name: 'state', type: 'varchar', length: '20' },
          { name: 'items', type: 'text' },
          { name: 'reason', type: 'varchar', length: '40' },
          { name: 'created_at', type: 'bigint' },
          { name: 'updated_at', type: 'bigint' },
        ],
      }),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropTable('reservations');
  }
}
