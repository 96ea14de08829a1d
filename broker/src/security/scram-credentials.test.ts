import { describe, expect, it } from '@jest/globals';
import type { Change } from '../storage/table.js';
import { scramMechanisms } from './scram-credential.js';
import { scramCredentials } from './scram.fixture.js';

describe('declared passwords', () => {
  it('become credentials, which stay as they are until a password changes', () => {
    const changes: Change[] = [];
    const credentials = scramCredentials(changes);
    credentials.declare(new Map([['app', 'one']]));
    credentials.declare(new Map([['app', 'one']]));
    expect(changes).toHaveLength(2);
    const before = credentials.get('app', scramMechanisms[0])!;
    credentials.declare(new Map([['app', 'two']]));
    const after = credentials.get('app', scramMechanisms[0])!;
    expect(changes).toHaveLength(4);
    expect(after.storedKey).not.toBe(before.storedKey);
    expect(credentials.users()).toEqual(['app']);
  });

  it('are not stored', () => {
    const changes: Change[] = [];
    scramCredentials(changes).declare(new Map([['app', 'a-password']]));
    expect(JSON.stringify(changes)).not.toContain('a-password');
  });
});
