import { moment } from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What began with one login and lives on through its refresh tokens. There is always one that works: the latest. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar', { name: 'user_id' })
  userId!: string;

  /** SHA-256 of the secret of the refresh token that works; the token itself is kept nowhere. */
  @Column('varchar', { name: 'secret_hash' })
  secretHash!: string;

  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
