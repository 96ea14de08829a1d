import { expect, it } from '@jest/globals';
import { distinguishedName } from './peer-subject.js';

it.each([
  [{ C: 'CH', O: 'Example', CN: 'app' }, 'CN=app,O=Example,C=CH'],
  [{ OU: ['a', 'b'], CN: 'app' }, 'CN=app,OU=b,OU=a'],
  [{ O: 'Shops, Ltd. "x"', CN: ' #1' }, String.raw`CN=\ #1,O=Shops\, Ltd. \"x\"`],
])('the name of %j is %s', (subject, name) => {
  expect(distinguishedName(subject)).toBe(name);
});
