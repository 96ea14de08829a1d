import { parseDocument } from 'yaml';
import type { System } from '../../model/system/system.js';

/**
 * The msx.yaml of a copy that shares no data with its original: the embedded broker, SQLite, and logs within its folder. The engine does not restart what a drill has paused.
 */
export function copiedModel(text: string, { services }: System): string {
  const model = parseDocument(text);
  model.setIn(['broker', 'mode'], 'embedded');
  model.deleteIn(['broker', 'address']);
  model.setIn(['logs', 'directory'], '.msx/logs');
  model.setIn(['dev', 'restartAfter'], 'off');
  for (const { name, database } of services)
    if (database)
      model.setIn(['services', name, 'database'], { driver: 'sqlite', file: database.file ?? `${name}.db` });
  return model.toString();
}
