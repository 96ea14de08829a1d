import { databaseNameOf } from '../../model/system/database-name.js';
import { databaseUrlFileOf } from '../../model/system/database-url-file.js';
import type { Service } from '../../model/system/system.js';
import { healthCheck, published, publishedPort } from './container.js';
import type { Container } from './container.js';
import { CLOSE_THE_REST, ROLE_AND_DATABASE, TAKE_OVER } from './role-sql.js';

const IMAGE = 'postgres:17';
const PORT = 5432;
/** The user that the images of services run as. */
const SERVICE_USER = '1000:1000';

/** Access to this folder is superuser access without a password: two containers have it, and no network client. */
const SOCKET = 'postgres-socket:/var/run/postgresql';
const PASSWORDS = '/passwords';
const SECRET = '/run/secrets/database';

/** Mounts the file with a service's database URL, including the password, from a volume that no other service mounts. */
export const databaseSecretOf = (service: Service) => ({
  environment: { DATABASE_URL_FILE: `${SECRET}/url` },
  volumes: [`${volumeOf(service)}:${SECRET}:ro`],
});

const volumeOf = ({ name }: Service): string => `${name}-database`;

/**
 * PostgreSQL, and a container that exits once each service has its own role, password and database; services that are
 * added later get them, too. Services that use PostgreSQL in development run outside the containers and reach it at its
 * published port.
 */
export function databaseContainers(services: readonly Service[]): Record<string, Container> {
  const clients = services.filter(({ database }) => database);
  const external = clients.filter(({ database }) => database?.driver === 'postgres');
  const names = clients.map(databaseNameOf).join(' ');
  const folders = clients.map((service) => `${volumeOf(service)}:${PASSWORDS}/${databaseNameOf(service)}`);
  return {
    postgres: {
      image: IMAGE,
      // Required, but never used: the kernel generates a new value for each read.
      environment: { POSTGRES_PASSWORD_FILE: '/proc/sys/kernel/random/uuid' },
      ...(external.length > 0 && { ports: [published('postgres', PORT)] }),
      volumes: ['postgres-data:/var/lib/postgresql/data', SOCKET],
      healthcheck: healthCheck('CMD', 'pg_isready', '-h', 'localhost', '-U', 'postgres'),
      restart: 'unless-stopped',
    },
    databases: {
      image: IMAGE,
      // Keeps passwords in failed statements out of the log.
      environment: {
        PGHOST: '/var/run/postgresql',
        PGUSER: 'postgres',
        PGOPTIONS: '-c log_min_error_statement=panic',
      },
      command: ['bash', '-ec', [passwords(names), ...external.map(onThisMachine), roles(names)].join('\n')],
      volumes: [SOCKET, ...folders, ...(external.length > 0 ? ['./.msx:/system/.msx'] : [])],
      depends_on: { postgres: { condition: 'service_healthy' } },
    },
  };
}

/** A password lives as long as its volume. */
const passwords = (names: string): string => `umask 077
for name in ${names}; do
  folder=${PASSWORDS}/$$name
  [ -s "$$folder/password" ] || head -c 24 /dev/urandom | od -An -v -tx1 | tr -d ' \\n' >"$$folder/password"
  echo "postgres://$$name:$$(cat "$$folder/password")@postgres:${PORT}/$$name" >"$$folder/url"
  chown ${SERVICE_USER} "$$folder/url"
done`;

/** Idempotent. Passwords are never passed as arguments, which other users could see. */
const roles = (names: string): string => `for name in ${names}; do
  export name
  psql -qv ON_ERROR_STOP=1 -v name="$$name" <<'SQL'
\\set password \`cat "${PASSWORDS}/$$name/password"\`
${ROLE_AND_DATABASE}
${TAKE_OVER}
SQL
done
psql -qv ON_ERROR_STOP=1 <<'SQL'
${CLOSE_THE_REST}
SQL`;

/**
 * The URL file for a service that runs outside the containers, readable by the owner of the system's folder. Written
 * before the database exists: a service that starts meanwhile waits for it.
 */
function onThisMachine(service: Service): string {
  const name = databaseNameOf(service);
  const file = databaseUrlFileOf('/system', service);
  return `mkdir -p "$$(dirname ${file})"
sed 's/@postgres:${PORT}/@127.0.0.1:${publishedPort('postgres', PORT)}/' ${PASSWORDS}/${name}/url >${file}
chown -R --reference=/system/.msx "$$(dirname ${file})"`;
}
