import { readFileSync } from 'node:fs';
import { parseListener, type ListenerOptions, type SecurityOptions } from './listener-options.js';
import { mechanismNames } from './mechanisms.js';
import { parsePasswords } from './passwords.js';

/** The command-line options of listeners. Secrets come from files or the environment, never from the command line. */
interface Values {
  readonly listener?: readonly string[];
  readonly users?: string;
  readonly 'sasl-mechanisms'?: string;
  readonly 'max-reauth'?: string;
  readonly 'tls-cert'?: string;
  readonly 'tls-key'?: string;
  readonly 'tls-ca'?: string;
}

interface Environment {
  readonly env: NodeJS.ProcessEnv;
  /** Makes the error of an invalid option. */
  fail(problem: string): Error;
}

/** The environment variable with the lines of a users file. */
const USERS_VARIABLE = 'MSX_BROKER_USERS';

export const securityFrom = (
  values: Values,
  { env, fail }: Environment,
): { listeners: ListenerOptions[]; security: SecurityOptions } => {
  const read = (option: keyof Values): string | undefined => {
    const path = values[option] as string | undefined;
    try {
      return path === undefined ? undefined : readFileSync(path, 'utf8');
    } catch (error) {
      throw fail(`--${option} cannot be read: ${(error as Error).message}`);
    }
  };
  const [cert, key, ca] = [read('tls-cert'), read('tls-key'), read('tls-ca')];
  if ((cert === undefined) !== (key === undefined))
    throw fail('--tls-cert and --tls-key are needed together');
  const tls = { ...(cert && key && { cert, key }), ...(ca && { ca }) };
  try {
    if (cert !== undefined || ca !== undefined) checkTls(tls);
  } catch (error) {
    throw fail(`--tls-cert, --tls-key and --tls-ca do not fit together: ${(error as Error).message}`);
  }
  const users = passwordsIn(read('users') ?? env[USERS_VARIABLE], values.users, fail);
  const mechanisms = mechanismsIn(values['sasl-mechanisms'], fail);
  return {
    listeners: (values.listener ?? []).map((text) => listenerIn(text, fail)),
    security: {
      tls,
      ...(users && { users }),
      ...(mechanisms && { mechanisms }),
      maxReauthMs: millisecondsIn(values['max-reauth'] ?? '0', fail),
    },
  };
};

/** The module is loaded only for TLS: it takes a megabyte of memory. */
const checkTls = (tls: SecurityOptions['tls'] & object): unknown =>
  process.getBuiltinModule('node:tls').createSecureContext(tls);

type Fail = Environment['fail'];

const passwordsIn = (text: string | undefined, path: string | undefined, fail: Fail) => {
  if (text === undefined) return undefined;
  const passwords = parsePasswords(text);
  if (typeof passwords !== 'string') return passwords;
  throw fail(`${path === undefined ? USERS_VARIABLE : `--users ${path}`} ${passwords}`);
};

const mechanismsIn = (text: string | undefined, fail: Fail): string[] | undefined => {
  const names = text?.split(',').map((name) => name.trim().toUpperCase());
  const unknown = names?.find((name) => !mechanismNames.some((known) => known === name));
  if (unknown === undefined) return names;
  throw fail(`--sasl-mechanisms must be of ${mechanismNames.join(', ')}, not "${unknown}"`);
};

const millisecondsIn = (text: string, fail: Fail): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw fail(`--max-reauth must be a number of milliseconds, not "${text}"`);
};

const listenerIn = (text: string, fail: Fail): ListenerOptions => {
  const listener = parseListener(text);
  if (typeof listener !== 'string') return listener;
  throw fail(`--listener must be PROTOCOL://HOST:PORT, not "${text}": it ${listener}`);
};
