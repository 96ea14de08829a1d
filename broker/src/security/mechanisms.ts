import type { Exchange, Mechanisms } from './exchange.js';
import { oauthbearer } from './oauthbearer.js';
import { plain } from './plain.js';
import { scram } from './scram.js';
import { scramMechanisms } from './scram-credential.js';
import type { ScramCredentials } from './scram-credentials.js';

export const mechanismNames = ['PLAIN', ...scramMechanisms.map(({ name }) => name), 'OAUTHBEARER'] as const;
/** Without OAUTHBEARER: its unsecured tokens would make the passwords pointless. */
const defaults: readonly string[] = mechanismNames.filter((name) => name !== 'OAUTHBEARER');

interface Accounts {
  readonly passwords: ReadonlyMap<string, string>;
  readonly credentials: ScramCredentials;
}

/** The mechanisms of a listener, in the order in which they are enabled. */
export const mechanismsOf = (
  { passwords, credentials }: Accounts,
  enabled: readonly string[] = defaults,
): Mechanisms => {
  const all = new Map<string, Exchange>([
    ['PLAIN', plain(passwords)],
    ...scramMechanisms.map(
      (mechanism) => [mechanism.name, scram(mechanism, (user) => credentials.get(user, mechanism))] as const,
    ),
    ['OAUTHBEARER', oauthbearer],
  ]);
  return new Map(enabled.flatMap((name) => (all.has(name) ? [[name, all.get(name)!] as const] : [])));
};
