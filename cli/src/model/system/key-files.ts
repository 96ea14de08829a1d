import { join } from 'node:path';

/** The JWK Sets with the keys that sign tokens on this machine; ignored by git. */
export const keyFilesOf = (root: string) => ({
  private: join(root, '.msx/keys/jwt-keys.json'),
  public: join(root, '.msx/keys/jwks.json'),
});
