import { EngineClient } from '../engine/control/client.js';
import { socketPath } from '../engine/control/socket-path.js';

/** The engine of a system, whether it runs or not. */
export const engineOf = (root: string): EngineClient => new EngineClient(socketPath(root));
