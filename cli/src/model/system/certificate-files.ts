import { join } from 'node:path';

/**
 * The PEM files with the certificates of this machine's services, ignored by git. A certificate and its key are in one
 * file, so that both are always replaced together.
 */
export const certificateFilesOf = (root: string) => ({
  folder: join(root, '.msx/certs'),
  /** The certificate authority with its private key, which only msx needs. */
  authority: join(root, '.msx/certs/authority.pem'),
  /** The public certificate of the authority. */
  ca: join(root, '.msx/certs/ca.pem'),
  of: (service: string) => join(root, '.msx/certs', `${service}.pem`),
});
