import { building } from './building.js';
import { data } from './data.js';
import { deploying } from './deploying.js';
import { docker } from './docker.js';
import { general } from './general.js';
import { generating } from './generating.js';
import { inspecting } from './inspecting.js';
import { running } from './running.js';
import { verifying } from './verifying.js';

/**
 * Every error that a user can see: its message, what to do about it, and the exit code.
 * docs/errors.md explains each code at length; a test keeps the two in sync.
 */
export const catalogue = {
  ...general,
  ...running,
  ...data,
  ...building,
  ...generating,
  ...inspecting,
  ...deploying,
  ...docker,
  ...verifying,
};
