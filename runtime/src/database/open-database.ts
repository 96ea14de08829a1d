import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseAddress } from '../config/database-url.js';
import { maskPasswords } from '../logs/serialize-error.js';
import { StartupError } from '../service/startup-error.js';
import type { DataSourceParts } from './data-source-parts.js';
import { Database } from './database.js';
import type { Store } from './store.js';

export interface OpenOptions extends DataSourceParts {
  readonly address: DatabaseAddress;
  readonly service: string;
  readonly production: boolean;
  /** For how long a server that does not answer is asked again, in milliseconds. */
  readonly patience?: number;
  /** `meanwhile`: a server that refuses us may not know us yet, and is asked again as well. */
  readonly made?: 'before' | 'meanwhile';
  /** Told once why it is asked again. */
  readonly onWait?: (reason: string) => void;
  readonly onConnectionLost?: (error: unknown) => void;
}

const PATIENCE = 5000;
const RETRY_EVERY = 200;

/** SQLSTATE classes of a server that is there but has a clear no: they do not get better by asking again. */
const REFUSALS = /^(28|3D|42)/;

/** @throws StartupError DATABASE_UNREACHABLE */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { address, patience = PATIENCE, made = 'before' } = options;
  const deadline = Date.now() + patience;
  let waits = false;
  for (;;) {
    try {
      return new Database(await openStore(options));
    } catch (error) {
      const hopeless = made === 'before' && !mayPass(address, error);
      if (hopeless || Date.now() >= deadline) throw unreachable(address, error);
      if (!waits) options.onWait?.(unreachable(address, error).message);
      waits = true;
      await delay(RETRY_EVERY);
    }
  }
}

/** A file is waited for only while another process opens it for the first time. */
function mayPass({ driver }: DatabaseAddress, error: unknown): boolean {
  const code = String((error as { code?: unknown }).code);
  return driver === 'sqlite' ? code.startsWith('SQLITE_BUSY') : !REFUSALS.test(code);
}

/** Only the driver in use is loaded. */
async function openStore(options: OpenOptions): Promise<Store> {
  const { address, service, production, entities, onConnectionLost = () => undefined } = options;
  if (address.driver === 'sqlite') {
    const { SqliteStore } = await import('./sqlite-store.js');
    return SqliteStore.open({ file: address.file, entities, survivesPowerCut: production });
  }
  const { PostgresStore } = await import('./postgres-store.js');
  return PostgresStore.open({ ...address, entities, applicationName: service, onConnectionLost });
}

function unreachable(address: DatabaseAddress, error: unknown): StartupError {
  const what =
    address.driver === 'sqlite'
      ? `open the SQLite file ${address.file}`
      : `reach PostgreSQL at ${address.at}`;
  const { message, code } = error as { message?: string; code?: string };
  const reason = maskPasswords(message || code || String(error));
  return new StartupError('DATABASE_UNREACHABLE', `Cannot ${what}: ${reason}`, { cause: error });
}
