import { equalSecrets } from './equal-secrets.js';
import type { Exchange, Verdict } from './exchange.js';

const refused = (reason: string): Verdict => ({ kind: 'refused', message: reason });
const failed = (reason: string): Verdict => refused(`Authentication failed: ${reason}`);

/** SASL/PLAIN (RFC 4616): authorization id, user and password, separated by zero bytes. The texts are Kafka's. */
export const plain =
  (passwords: ReadonlyMap<string, string>): Exchange =>
  (token) => {
    const tokens = token.toString().split('\0');
    if (tokens.length !== 3)
      return refused(`Invalid SASL/PLAIN response: expected 3 tokens, got ${Math.min(tokens.length, 4)}`);
    const [authorizationId, user, password] = tokens as [string, string, string];
    if (user === '') return failed('username not specified');
    if (password === '') return failed('password not specified');
    const expected = passwords.get(user);
    if (!equalSecrets(password, expected ?? '') || expected === undefined)
      return failed('Invalid username or password');
    if (authorizationId !== '' && authorizationId !== user)
      return failed('Client requested an authorization id that is different from username');
    return { kind: 'accepted', token: Buffer.alloc(0), user };
  };
