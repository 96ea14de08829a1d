import { moment } from '@msx/runtime';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { UserRole } from './user.role.js';

@Entity('users')
export class User {
  @PrimaryColumn('varchar')
  id!: string;

  @Column('varchar')
  name!: string;

  /** Trimmed and in lower case, so that the unique constraint compares addresses as a person would. */
  @Column('varchar')
  email!: string;

  /** An argon2id hash. Selected only by name, so that it cannot leak by accident. */
  @Column('varchar', { name: 'password_hash', select: false })
  passwordHash!: string;

  @Column('varchar')
  role!: UserRole;

  @Column({ name: 'created_at', ...moment })
  createdAt!: Date;

  @Column({ name: 'updated_at', ...moment })
  updatedAt!: Date;
}
