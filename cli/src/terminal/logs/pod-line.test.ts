import { expect, it } from '@jest/globals';
import { podLine } from './pod-line.js';

it('every part of a line is prefixed with the name of its pod', () => {
  expect(podLine('[pod/user-service-abc/user-service] 10%\r100%\u001b[2J\u0007')).toBe(
    '[pod/user-service-abc/user-service] 10%\n[pod/user-service-abc/user-service] 100%',
  );
  expect(podLine('no pod\ttab')).toBe('no pod  tab');
});
