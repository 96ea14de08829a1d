import { setTimeout as delay } from 'node:timers/promises';
import type { DatabaseAddress } from '../config/database-url.js';
import { maskPasswords } from '../logs/serialize-error.js';
import { StartupError } from '../startup/startup-error.js';
import type { DataSourceParts } from './data-source-parts.js';
import { Database } from './database.js';
import type { Store } from './store.js';

export interface OpenOptions extends DataSourceParts {
  readonly address: DatabaseAddress;
  readonly service: string;
  readonly production: boolean;
  /** How long to retry while the server does not answer (default: 5000). */
  readonly timeoutMs?: number;
  /** Whether to retry when the server refuses: our database or role may still be being created. */
  readonly retryRefusals?: boolean;
  /** Called once, with the reason, when the first attempt fails. */
  readonly onWait?: (reason: string) => void;
  readonly onConnectionLost?: (error: unknown) => void;
}

const DEFAULT_TIMEOUT_MS = 5000;
const RETRY_INTERVAL_MS = 200;

/** SQLSTATE classes of a server that refuses us, which a retry does not change. */
const REFUSALS = /^(28|3D|42)/;

/** @throws StartupError DATABASE_UNREACHABLE */
export async function openDatabase(options: OpenOptions): Promise<Database> {
  const { address, timeoutMs = DEFAULT_TIMEOUT_MS, retryRefusals = false } = options;
  const deadline = Date.now() + timeoutMs;
  let waits = false;
  for (;;) {
    try {
      return new Database(await openStore(options));
    } catch (error) {
      const hopeless = !retryRefusals && !isTemporary(address, error);
      if (hopeless || Date.now() >= deadline) throw unreachable(address, error);
      if (!waits) options.onWait?.(unreachable(address, error).message);
      waits = true;
      await delay(RETRY_INTERVAL_MS);
    }
  }
}

/** A SQLite file is retried only while another process opens it for the first time. */
function isTemporary({ driver }: DatabaseAddress, error: unknown): boolean {
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
