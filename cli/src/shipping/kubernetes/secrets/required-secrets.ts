import { databaseNameOf } from '../../../model/system/database-name.js';
import { keysForKafka, podsOf, secretNames } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { POSTGRES_PORT } from '../postgres-manifests.js';
import { speaksGrpc } from '../service-environment.js';

/** A Secret that pods refer to, and what it has to contain. */
export type RequiredSecret = { readonly name: string } & (
  | { readonly kind: 'keys' }
  | { readonly kind: 'password' }
  /** `at` is the part of the URL after the credentials. */
  | { readonly kind: 'database'; readonly user: string; readonly at: string }
  | { readonly kind: 'authority' }
  | { readonly kind: 'certificate'; readonly authority: string; readonly names: readonly string[] }
);

/** The Secrets that msx creates if they are missing; not those that users provide, such as the password of an external Kafka. */
export function requiredSecrets({ system, databases }: Cluster): RequiredSecret[] {
  const { services, auth } = system;
  const certified = services.filter(speaksGrpc);
  const stored = databases === 'cluster' ? services.filter(({ database }) => database) : [];
  const { authority } = secretNames;
  return [
    ...(auth ? [{ kind: 'keys' as const, name: secretNames.keys }] : []),
    ...(stored.length > 0 ? [{ kind: 'password' as const, name: secretNames.postgres }] : []),
    ...stored.map((service) => ({
      kind: 'database' as const,
      name: secretNames.databaseOf(service.name),
      user: databaseNameOf(service),
      at: `postgres:${POSTGRES_PORT}/${databaseNameOf(service)}`,
    })),
    ...(certified.length > 0 ? [{ kind: 'authority' as const, name: authority }] : []),
    ...certified.map(({ name }) => ({
      kind: 'certificate' as const,
      name: secretNames.certificateOf(name),
      authority,
      names: [name, podsOf(name)],
    })),
  ];
}

/** The Secrets that users have to provide, with the keys that are needed. */
export function providedSecrets({ system, kafka, databases }: Cluster): { name: string; keys: string[] }[] {
  const stored = databases === 'external' ? system.services.filter(({ database }) => database) : [];
  const keys = kafka ? keysForKafka(kafka) : [];
  return [
    ...(kafka && keys.length > 0 ? [{ name: kafka.secret, keys }] : []),
    ...stored.map(({ name }) => ({ name: secretNames.databaseOf(name), keys: ['url'] })),
  ];
}
