import { databaseNameOf } from '../../system/database-name.js';
import { keysForKafka, podsOf, secretNames } from '../cluster.js';
import type { Cluster } from '../cluster.js';
import { POSTGRES_PORT } from '../postgres-manifests.js';
import { speaksGrpc } from '../service-environment.js';

/** A Secret that pods refer to, and what it has to hold. */
export type WantedSecret = { readonly name: string } & (
  | { readonly kind: 'keys' }
  | { readonly kind: 'password' }
  /** `url` is complete but for the password. */
  | { readonly kind: 'database'; readonly user: string; readonly at: string }
  | { readonly kind: 'authority' }
  | { readonly kind: 'certificate'; readonly authority: string; readonly names: readonly string[] }
);

/** What msx makes where it is missing; what others have to make, such as the password of their Kafka, is not among it. */
export function wantedSecrets({ system, databases }: Cluster): WantedSecret[] {
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

/** Those that have to be there before, with the keys that are looked for. */
export function foreignSecrets({ system, kafka, databases }: Cluster): { name: string; keys: string[] }[] {
  const stored = databases === 'external' ? system.services.filter(({ database }) => database) : [];
  const keys = kafka ? keysForKafka(kafka) : [];
  return [
    ...(kafka && keys.length > 0 ? [{ name: kafka.secret, keys }] : []),
    ...stored.map(({ name }) => ({ name: secretNames.databaseOf(name), keys: ['url'] })),
  ];
}
