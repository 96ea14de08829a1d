import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectName } from './project-name.js';

describe('what compose calls a project', () => {
  it('is the folder, without what a name cannot have', () => {
    expect(projectName('/home/ann/My Shop.2', {})).toBe('myshop2');
    expect(projectName('/home/ann/_ms', {})).toBe('ms');
  });

  it('is what the environment says, else .env', () => {
    const root = mkdtempSync(join(tmpdir(), 'project-'));
    writeFileSync(join(root, '.env'), 'TAG=1\nCOMPOSE_PROJECT_NAME="other"\n');
    expect(projectName(root, {})).toBe('other');
    expect(projectName(root, { COMPOSE_PROJECT_NAME: 'mine' })).toBe('mine');
    rmSync(root, { recursive: true });
  });
});
