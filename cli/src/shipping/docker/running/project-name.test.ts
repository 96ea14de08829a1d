import { describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { projectName } from './project-name.js';

describe('the project name of compose', () => {
  it('is the name of the folder without invalid characters', () => {
    expect(projectName('/home/ann/My Shop.2', {})).toBe('myshop2');
    expect(projectName('/home/ann/_ms', {})).toBe('ms');
  });

  it('is taken from the environment, then from .env', () => {
    const root = mkdtempSync(join(tmpdir(), 'project-'));
    writeFileSync(join(root, '.env'), 'TAG=1\nCOMPOSE_PROJECT_NAME="other"\n');
    expect(projectName(root, {})).toBe('other');
    expect(projectName(root, { COMPOSE_PROJECT_NAME: 'mine' })).toBe('mine');
    rmSync(root, { recursive: true });
  });
});
