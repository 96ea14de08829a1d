import { join } from 'node:path';

/** Where a system's keys for signing tokens are on this machine, as JWK Sets; git never sees them. */
export const keyFilesOf = (root: string) => ({
  private: join(root, '.msx/keys/jwt-keys.json'),
  public: join(root, '.msx/keys/jwks.json'),
});
