import { asking } from './asking.js';
import { building } from './building.js';
import { data } from './data.js';
import { deploying } from './deploying.js';
import { docker } from './docker.js';
import { general } from './general.js';
import { generating } from './generating.js';
import { running } from './running.js';

/**
 * Every error a person can meet: what it says, what to do about it, and how the process ends.
 * docs/errors.md explains each code at length; a test holds the two to each other.
 */
export const catalogue = {
  ...general,
  ...running,
  ...data,
  ...building,
  ...generating,
  ...asking,
  ...deploying,
  ...docker,
};
