import { z } from 'zod';
import type { ConfigProblem } from './config.js';
import { CertificateFiles } from '../tls/certificate-files.js';
import { TlsError } from '../tls/tls-material.js';
import type { TlsPaths } from '../tls/tls-material.js';

export const tlsVariables = {
  TLS_CERT: z.string().optional(),
  TLS_KEY: z.string().optional(),
  TLS_CA: z.string().optional(),
  ALLOW_PLAINTEXT: z.enum(['true', 'false'], 'must be one of true, false').optional(),
};

const NAMES = ['TLS_CERT', 'TLS_KEY', 'TLS_CA'] as const;

export interface TlsResult {
  /** Undefined for plaintext. */
  readonly tls?: CertificateFiles;
  readonly problems: readonly ConfigProblem[];
}

/** @param placeOf where a variable is set: the beginning of an error message */
export function readTls(
  values: Readonly<Record<string, unknown>>,
  placeOf: (variable: string) => string,
): TlsResult {
  const absent = NAMES.filter((name) => !values[name]);
  if (absent.length === NAMES.length) return { problems: [] };
  const wrong = (variable: string, problem: string): ConfigProblem => ({
    kind: 'wrong',
    variable,
    text: `${placeOf(variable)} ${problem}`,
  });
  if (absent.length > 0)
    return {
      problems: absent.map((name) => wrong(name, `must be set: TLS needs all of ${NAMES.join(', ')}`)),
    };
  try {
    const { TLS_CERT, TLS_KEY, TLS_CA } = values as unknown as TlsPaths;
    return { tls: new CertificateFiles({ TLS_CERT, TLS_KEY, TLS_CA }), problems: [] };
  } catch (error) {
    if (!(error instanceof TlsError)) throw error;
    return { problems: [wrong(error.variable, error.problem)] };
  }
}
