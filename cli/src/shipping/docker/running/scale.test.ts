import { describe, expect, it } from '@jest/globals';
import { checkScale, parseScale } from './scale.js';

describe('a scale', () => {
  it('maps services to numbers of containers', () => {
    expect(parseScale(['user-service=3', 'product-service=0'])).toEqual({
      'user-service': 3,
      'product-service': 0,
    });
  });

  it.each([['user-service'], ['user-service=-1'], ['user-service=many'], ['=3'], ['a=1', 'a=2']])(
    'is refused: %s',
    (...texts) => {
      expect(() => parseScale(texts)).toThrow(expect.objectContaining({ code: 'SCALE_INVALID' }));
    },
  );

  it('allows one container per published port', () => {
    const gateway = {
      name: 'api-gateway',
      image: '',
      builds: true,
      profiles: [],
      dependsOn: [],
      ports: [3000],
    };
    expect(() => checkScale({ 'api-gateway': 1 }, [gateway])).not.toThrow();
    expect(() => checkScale({ 'api-gateway': 2 }, [gateway])).toThrow(/port 3000/);
    expect(() => checkScale({ 'user-service': 2 }, [gateway])).toThrow(/not one of the services to start/);
  });
});
