import { moment } from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Starts with a login and continues through refresh tokens, of which only the latest is valid. */
@Entity('sessions')
export class Session {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar', { name: 'user_id' })
  userId!: string;

  /** SHA-256 of the proof that all its refresh tokens carry: knowing the id alone is not enough to end a session. */
  @Column('varchar', { name: 'proof_hash' })
  proofHash!: string;

  /** SHA-256 of the secret of the valid refresh token; the token itself is not stored. */
  @Column('varchar', { name: 'secret_hash' })
  secretHash!: string;

  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'expires_at', ...moment })
  expiresAt!: Date;
}
