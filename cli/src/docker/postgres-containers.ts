import { databaseNameOf } from '../system/database-name.js';
import type { Service } from '../system/system.js';
import { healthy, published } from './container.js';
import type { Container } from './container.js';

const IMAGE = 'postgres:17';
const PORT = 5432;

/** Good for a network that nobody else is in; production's come from elsewhere. */
const PASSWORD = '${POSTGRES_PASSWORD:-postgres}';

export const databaseUrlOf = (service: Service): string =>
  `postgres://postgres:${PASSWORD}@postgres:${PORT}/${databaseNameOf(service)}`;

/**
 * PostgreSQL, and a container that ends when it has made the databases that are missing: a service that is added later
 * gets its own, too. Where services use it in development, they run beside the containers, and find it at its port.
 */
export function databaseContainers(services: readonly Service[]): Record<string, Container> {
  const names = services.filter(({ database }) => database).map(databaseNameOf);
  const inDevelopment = services.some(({ database }) => database?.driver === 'postgres');
  const create = `for name in ${names.join(' ')}; do
  psql -tAc "select 1 from pg_database where datname = '$$name'" | grep -q 1 || createdb $$name
done`;
  return {
    postgres: {
      image: IMAGE,
      environment: { POSTGRES_PASSWORD: PASSWORD },
      ...(inDevelopment && { ports: [published('postgres', PORT)] }),
      volumes: ['postgres-data:/var/lib/postgresql/data'],
      healthcheck: healthy('CMD', 'pg_isready', '-h', 'localhost', '-U', 'postgres'),
      restart: 'unless-stopped',
    },
    databases: {
      image: IMAGE,
      environment: { PGHOST: 'postgres', PGUSER: 'postgres', PGPASSWORD: PASSWORD },
      command: ['bash', '-ec', create],
      depends_on: { postgres: { condition: 'service_healthy' } },
    },
  };
}
