import { describe, expect, it } from '@jest/globals';
import { pathToSources } from './find-service.js';
import type { Service } from '../../../model/system/system.js';

describe('the path to the sources of a service', () => {
  it.each([
    ['', './'],
    ['/order', '../'],
    ['/order/http', '../../'],
  ])('from src%s is %s', (folder, way) => {
    expect(pathToSources({ path: 'services/order' } as Service, `services/order/src${folder}`)).toBe(way);
  });
});
