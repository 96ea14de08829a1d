import { isDeepStrictEqual } from 'node:util';
import type { Table } from '../storage/table.js';
import {
  credentialOf,
  scramMechanisms,
  type ScramCredential,
  type ScramMechanism,
} from './scram-credential.js';

/** A change of a credential; without one it is deleted. */
export interface CredentialChange {
  readonly user: string;
  readonly mechanism: ScramMechanism;
  readonly credential?: ScramCredential;
}

const keyOf = (user: string, { name }: ScramMechanism): string => `${name} ${user}`;

/** The SCRAM credentials of the users, which survive a restart. Passwords are never stored. */
export class ScramCredentials {
  constructor(private readonly table: Table<ScramCredential>) {}

  get(user: string, mechanism: ScramMechanism): ScramCredential | undefined {
    return this.table.get(keyOf(user, mechanism));
  }

  /** The users with a credential, sorted. */
  users(): string[] {
    const names = this.table.entries().map(([key]) => key.slice(key.indexOf(' ') + 1));
    return [...new Set(names)].sort();
  }

  apply({ user, mechanism, credential }: CredentialChange): void {
    if (credential) this.table.set(keyOf(user, mechanism), credential);
    else this.table.delete(keyOf(user, mechanism));
  }

  /** Gives users their declared passwords. A credential that already fits its password is left as it is. */
  declare(passwords: ReadonlyMap<string, string>): void {
    for (const [user, password] of passwords)
      for (const mechanism of scramMechanisms) {
        const stored = this.get(user, mechanism);
        const credential = credentialOf(mechanism, password, stored);
        if (!isDeepStrictEqual(credential, stored)) this.apply({ user, mechanism, credential });
      }
  }
}
