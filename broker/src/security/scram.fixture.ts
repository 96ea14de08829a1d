import { Table, type Change } from '../storage/table.js';
import type { ScramCredential } from './scram-credential.js';
import { ScramCredentials } from './scram-credentials.js';

/** Credentials that are kept in memory; `changes` counts the writes. */
export const scramCredentials = (changes: Change[] = []): ScramCredentials => {
  const values = new Map<string, ScramCredential>();
  const table = new Table<ScramCredential>('scram', values, (list) => {
    changes.push(...list);
    for (const [, key, value] of list)
      if (value === null) values.delete(key);
      else values.set(key, value as ScramCredential);
  });
  return new ScramCredentials(table);
};
