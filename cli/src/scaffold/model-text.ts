import { isMap, parseDocument } from 'yaml';
import type { Document, Scalar, YAMLMap } from 'yaml';
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

/** The same once its first service is there: its database as wished for, and its topics where topics are read. */
export function withFirstService(text: string, database: SystemWish['database']): string {
  const document = parseDocument(text);
  setDatabases(document, database);
  moveTopics(document.contents as YAMLMap);
  return textOf(document);
}

/** Before the services that speak of them, a line each. */
function moveTopics(root: YAMLMap): void {
  const at = (name: string) => root.items.findIndex(({ key }) => String(key) === name);
  const [topics] = at('topics') > at('services') ? root.items.splice(at('topics'), 1) : [];
  if (!topics) return;
  for (const { key, value } of (topics.value as YAMLMap).items) {
    (key as Scalar).spaceBefore = false;
    (value as YAMLMap).flow = true;
  }
  (topics.key as Scalar).spaceBefore = true;
  root.items.splice(at('services'), 0, topics);
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
