import { registeredSystems } from '../engine/control/registered-systems.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import type { RegisteredSystem } from '../engine/control/registered-systems.js';

/** The registered systems of this user. Throws SOCKET_FOLDER_UNUSABLE if their records cannot be trusted. */
export function userSystems(): RegisteredSystem[] {
  try {
    return registeredSystems();
  } catch (error) {
    const { code, facts } = error as { code?: string; facts?: { folder: string; reason: string } };
    if (code === 'SOCKET_FOLDER_UNUSABLE') throw new MsxError(code, facts!);
    throw error;
  }
}
