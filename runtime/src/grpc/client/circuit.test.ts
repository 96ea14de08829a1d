import { Metadata, status } from '@grpc/grpc-js';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DomainError } from '../../errors/domain-error.js';
import { toGrpcError } from '../../errors/grpc-error.js';
import { Circuit } from './circuit.js';
import type { CircuitState } from './circuit.js';

const silence = (code = status.UNAVAILABLE): Error =>
  Object.assign(new Error('no answer'), { code, metadata: new Metadata() });
const answer = (): Error => {
  const error = new DomainError('KAFKA_UNAVAILABLE', 'no', { kind: 'unavailable' });
  return Object.assign(new Error('answered'), toGrpcError(error, 'user-service'));
};
const CIRCUIT_OPEN = { reason: 'UNAVAILABLE', kind: 'unavailable', metadata: { retryAfter: '1' } };

describe('Circuit', () => {
  let now: number;
  let seen: CircuitState[];
  let circuit: Circuit;

  beforeEach(() => {
    now = 1_000_000;
    jest.spyOn(Date, 'now').mockImplementation(() => now);
    seen = [];
    circuit = new Circuit('user-service', (state) => seen.push(state));
  });
  afterEach(() => void jest.restoreAllMocks());

  const fail = (error: Error) => circuit.run(() => Promise.reject(error));
  const succeed = () => circuit.run(() => Promise.resolve('well'));

  async function open(): Promise<void> {
    for (let n = 0; n < 5; n++) await expect(fail(silence())).rejects.toThrow('no answer');
    expect(circuit.state).toBe('open');
  }

  it('opens when calls are not answered, and then rejects them', async () => {
    await open();
    const call = jest.fn<() => Promise<string>>();
    await expect(circuit.run(call)).rejects.toMatchObject(CIRCUIT_OPEN);
    expect(call).not.toHaveBeenCalled();
    expect(seen).toEqual(['open']);
  });

  it('opens for concurrent failures, too', async () => {
    const failures = Array.from({ length: 8 }, () => fail(silence(status.DEADLINE_EXCEEDED)));
    for (const failure of failures) await expect(failure).rejects.toThrow('no answer');
    expect(circuit.state).toBe('open');
  });

  it('stays closed while most calls are answered, also with errors', async () => {
    for (let n = 0; n < 30; n++) {
      await expect(fail(silence())).rejects.toThrow('no answer');
      for (let m = 0; m < 2; m++) expect(await succeed()).toBe('well');
    }
    for (let n = 0; n < 30; n++) await expect(fail(answer())).rejects.toThrow('answered');
    for (let n = 0; n < 30; n++) await expect(fail(new TypeError('defect'))).rejects.toThrow('defect');
    expect({ state: circuit.state, seen }).toEqual({ state: 'closed', seen: [] });
  });

  it('lets one call through after a pause, and closes when it is answered', async () => {
    await open();
    now += 1000;
    let end!: (text: string) => void;
    const probe = circuit.run(() => new Promise<string>((resolve) => (end = resolve)));
    expect(circuit.state).toBe('half-open');
    await expect(succeed()).rejects.toMatchObject(CIRCUIT_OPEN);
    end('back');
    expect(await probe).toBe('back');
    expect(await succeed()).toBe('well');
    expect(seen).toEqual(['open', 'half-open', 'closed']);
  });

  it.each([
    ['opens again when it is not answered', silence(), 'open'],
    ['closes when it is answered with an error', answer(), 'closed'],
  ])('lets one call through after a pause, and %s', async (_, error, state) => {
    await open();
    now += 1000;
    await expect(fail(error)).rejects.toBe(error);
    expect(circuit.state).toBe(state);
  });

  it('closes when the service is reported to be back', async () => {
    await open();
    circuit.reset();
    expect(await succeed()).toBe('well');
    await expect(fail(silence())).rejects.toThrow('no answer');
    circuit.reset();
    expect(seen).toEqual(['open', 'closed']);
  });
});
