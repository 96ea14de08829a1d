import { describe, expect, it } from '@jest/globals';
import { problemsOf } from '@msx/runtime/testing';
import { checkedUser } from './user.rules.js';

const jane = { name: 'Jane', email: 'jane@example.com', password: 'password123' };

describe('checkedUser', () => {
  it('trims the name and the address, and lower-cases the address', () => {
    const user = checkedUser({ ...jane, name: ' Jane ', email: ' Jane.Doe@Example.COM ' });
    expect(user).toEqual({ ...jane, email: 'jane.doe@example.com' });
  });

  it('leaves out fields that are not given', () => {
    expect(checkedUser({ name: 'Jane' })).toEqual({ name: 'Jane' });
  });

  it.each([
    ['an empty name', { name: '  ' }, 'name must not be empty'],
    ['a long name', { name: 'x'.repeat(201) }, 'name must have at most 200 characters'],
    ['a NUL', { name: 'a\0b' }, 'name must not contain a NUL character'],
    ['no at sign', { email: 'jane.example.com' }, 'email must be an e-mail address'],
    ['no domain', { email: 'jane@localhost' }, 'email must be an e-mail address'],
    ['a space', { email: 'jane doe@example.com' }, 'email must be an e-mail address'],
    ['a long address', { email: `${'x'.repeat(250)}@example.com` }, 'email must have at most 254 characters'],
    ['a short password', { password: '1234567' }, 'password must have at least 8 characters'],
    ['a long password', { password: 'x'.repeat(129) }, 'password must have at most 128 characters'],
  ])('refuses %s', (_, fields, problem) => {
    expect(problemsOf(() => checkedUser({ ...jane, ...fields }))).toEqual([problem]);
  });

  it('reports all problems at once', () => {
    const problems = problemsOf(() => checkedUser({ name: '', email: 'x', password: '' }));
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['name', 'email', 'password']);
  });

  it.each(['a@b.co', "o'brien+tag@mail.example.org", 'x'.repeat(64) + '@example.com'])(
    'accepts %s',
    (email) => {
      expect(checkedUser({ email })).toEqual({ email });
    },
  );
});
