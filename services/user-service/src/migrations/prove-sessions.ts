import { type MigrationInterface, type QueryRunner, TableColumn } from 'typeorm';

/** The refresh tokens of sessions without a proof have another format: their users must sign in again. */
const PROOF = new TableColumn({ name: 'proof_hash', type: 'varchar', length: '64', default: "''" });

export class ProveSessions1769040000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.addColumn('sessions', PROOF);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.dropColumn('sessions', PROOF);
  }
}
