export { problemsOf } from './problems-of.js';
export { readSettings } from './read-settings.js';
export { createDatabase, drivers } from './test-database.js';
export type { Driver, TestDatabase } from './test-database.js';
export { TestProcess } from './test-process.js';
export { TestService } from './test-service.js';
export type { OutboxRow, TestServiceParts } from './test-service.js';
export { TestKeys, type TestToken } from './test-keys.js';
