import type { Service } from '../system/system.js';
import { healthy } from './container.js';
import type { Container } from './container.js';

const IMAGE = 'postgres:17';

/** Good for a network that nobody else is in; production's come from elsewhere. */
const PASSWORD = '${POSTGRES_PASSWORD:-postgres}';

/** The database of a service; called like its SQLite file, if it has one. */
export function databaseOf({ name, database }: Service): { name: string; url: string } {
  const own = (database?.file ?? name).replace(/\.db$/, '').replaceAll('-', '_');
  return { name: own, url: `postgres://postgres:${PASSWORD}@postgres:5432/${own}` };
}

/**
 * PostgreSQL, and a container that ends when it has made the databases that are missing: a service that is added later
 * gets its own, too.
 */
export function databaseContainers(services: readonly Service[]): Record<string, Container> {
  const names = services.filter(({ database }) => database).map((service) => databaseOf(service).name);
  const create = `for name in ${names.join(' ')}; do
  psql -tAc "select 1 from pg_database where datname = '$$name'" | grep -q 1 || createdb $$name
done`;
  return {
    postgres: {
      image: IMAGE,
      environment: { POSTGRES_PASSWORD: PASSWORD },
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
