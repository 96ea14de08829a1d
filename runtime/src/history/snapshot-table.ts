import type { EntityManager } from 'typeorm';
import type { Folded } from './fold.js';
import { NOTHING } from './fold.js';

export const snapshotsTable = (entity: string): string => `${entity}_snapshots`;

/** The snapshots of one kind of aggregate: states that were found before, so that long histories need not be folded again. */
export class SnapshotTable {
  private readonly snapshots: () => string;

  constructor(
    entity: string,
    private readonly format: number,
  ) {
    this.snapshots = () => snapshotsTable(entity);
  }

  /** The newest snapshot up to a version, or that of no event. */
  async latest<S>(manager: EntityManager, id: string, upTo: number): Promise<Folded<S>> {
    const [row] = (await manager.sql`SELECT version, state FROM ${this.snapshots}
      WHERE aggregate_id = ${id} AND version <= ${upTo} AND format = ${this.format}
      ORDER BY version DESC LIMIT 1`) as { version: number; state: string }[];
    return row ? { version: row.version, state: JSON.parse(row.state) as S } : NOTHING;
  }

  async insert(tx: EntityManager, id: string, { version, state }: Folded<object>): Promise<void> {
    await tx.sql`INSERT INTO ${this.snapshots} (aggregate_id, version, format, state)
      VALUES (${id}, ${version}, ${this.format}, ${JSON.stringify(state)})
      ON CONFLICT (aggregate_id, version) DO UPDATE SET format = excluded.format, state = excluded.state`;
  }
}
