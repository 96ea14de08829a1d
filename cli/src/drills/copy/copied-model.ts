import { parseDocument } from 'yaml';
import type { System } from '../../model/system/system.js';

/** The ports of a copy: two for each service, in the order of msx.yaml, and one for the broker. */
export const portCount = ({ services }: System): number => services.length * 2 + 1;

/**
 * The msx.yaml of a copy that shares nothing with its original: ports of its own, the embedded broker, SQLite, and logs within
 * its folder. The engine does not restart what a drill has paused.
 */
export function copiedModel(text: string, { services }: System, ports: readonly number[]): string {
  const model = parseDocument(text);
  const [brokerPort, ...rest] = ports;
  model.setIn(['broker', 'mode'], 'embedded');
  model.setIn(['broker', 'port'], brokerPort);
  model.deleteIn(['broker', 'address']);
  model.setIn(['logs', 'directory'], '.msx/logs');
  model.setIn(['dev', 'restartAfter'], 'off');
  for (const [n, { name, database }] of services.entries()) {
    const path = ['services', name];
    model.setIn([...path, 'port'], rest[n * 2]);
    model.setIn([...path, 'healthPort'], rest[n * 2 + 1]);
    if (database)
      model.setIn([...path, 'database'], { driver: 'sqlite', file: database.file ?? `${name}.db` });
  }
  return model.toString();
}
