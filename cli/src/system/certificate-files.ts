import { join } from 'node:path';

/**
 * Where the certificates of this machine's services are, in PEM; git never sees them. A certificate and its key are one
 * file, so that both are always replaced at once.
 */
export const certificateFilesOf = (root: string) => ({
  folder: join(root, '.msx/certs'),
  /** The authority with its key, which only msx needs. */
  authority: join(root, '.msx/certs/authority.pem'),
  /** The authority as everyone may know it. */
  ca: join(root, '.msx/certs/ca.pem'),
  of: (service: string) => join(root, '.msx/certs', `${service}.pem`),
});
