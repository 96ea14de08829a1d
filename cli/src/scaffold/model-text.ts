import { isMap, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { SystemWish } from './system-wish.js';

/** The msx.yaml of a template as it is wished for; comments and order stay. */
export function modelText(text: string, name: string, wish: SystemWish): string {
  const document = parseDocument(text);
  document.setIn(['name'], name);
  document.setIn(['broker', 'mode'], wish.broker);
  document.setIn(['broker', 'kafka'], 'kraft');
  if (wish.brokerAddress !== undefined) document.setIn(['broker', 'address'], wish.brokerAddress);
  document.deleteIn(['docker']);
  setDatabases(document, wish.database);
  return textOf(document).replace('=./cli/', '=./node_modules/@msx/cli/');
}

function setDatabases(document: Document, database: SystemWish['database']): void {
  const services = document.get('services');
  const others = (isMap(services) ? services.items : []).filter(
    ({ value }) => isMap(value) && value.has('database') && value.getIn(['database', 'driver']) !== database,
  );
  for (const { key } of others) document.setIn(['services', String(key), 'database', 'driver'], database);
}

/** Lists without the blanks inside that YAML's own layout has and Prettier's has not. */
const textOf = (document: Document) => document.toString({ lineWidth: 0 }).replace(/\[ (.*?) \]/g, '[$1]');
