import { isMap, parseDocument } from 'yaml';
import type { Document } from 'yaml';
import type { SystemRequest } from './system-request.js';

/** The msx.yaml of a template, adapted to the request; comments and order are kept. */
export function modelText(text: string, name: string, request: SystemRequest): string {
  const document = parseDocument(text);
  document.setIn(['name'], name);
  document.setIn(['broker', 'mode'], request.broker);
  document.setIn(['broker', 'kafka'], 'kraft');
  if (request.brokerAddress !== undefined) document.setIn(['broker', 'address'], request.brokerAddress);
  document.deleteIn(['docker']);
  setDatabases(document, request.database);
  return textOf(document).replace('=./cli/', '=./node_modules/@msx/cli/');
}

function setDatabases(document: Document, database: SystemRequest['database']): void {
  const services = document.get('services');
  const others = (isMap(services) ? services.items : []).filter(
    ({ value }) => isMap(value) && value.has('database') && value.getIn(['database', 'driver']) !== database,
  );
  for (const { key } of others) document.setIn(['services', String(key), 'database', 'driver'], database);
}

/** Removes the spaces inside lists, which the YAML library adds and Prettier does not. */
const textOf = (document: Document) => document.toString({ lineWidth: 0 }).replace(/\[ (.*?) \]/g, '[$1]');
