import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { directories } from '../test-directory.fixture.js';
import { checkDataFormat, DATA_FORMAT, DataTooNew } from './data-format.js';
import { StorageError } from './storage-error.js';

const directory = directories();
const fileIn = (data: string): string => join(data, 'format.json');

it('is noted in a new directory, and in one of an older version', () => {
  const data = directory();
  checkDataFormat(data);
  expect(JSON.parse(readFileSync(fileIn(data), 'utf8'))).toMatchObject({ format: DATA_FORMAT });
  writeFileSync(fileIn(data), '{"format":1}');
  checkDataFormat(data);
  expect(JSON.parse(readFileSync(fileIn(data), 'utf8'))).toMatchObject({ format: DATA_FORMAT });
});

it('is refused if it is newer, with the version that reads it', () => {
  const data = directory();
  const newer = JSON.stringify({ format: DATA_FORMAT + 1, needs: '7.1.0' });
  writeFileSync(fileIn(data), newer);
  expect(() => checkDataFormat(data)).toThrow(DataTooNew);
  expect(() => checkDataFormat(data)).toThrow('Use version 7.1.0 of the broker or newer');
  expect(readFileSync(fileIn(data), 'utf8')).toBe(newer);
});

it('is refused if it cannot be read', () => {
  const data = directory();
  writeFileSync(fileIn(data), 'format 2');
  expect(() => checkDataFormat(data)).toThrow(StorageError);
});
