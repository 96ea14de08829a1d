import { Metadata, status } from '@grpc/grpc-js';
import type { ServiceError } from '@grpc/grpc-js';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DomainError, toGraphqlExtensions } from './domain-error.js';
import { fromGrpcError, toGrpcError } from './grpc-error.js';
import type { ErrorKind } from './kind.js';
import { decodeErrorInfo, encodeStatusDetails } from './status-details.js';

const TABLE: [ErrorKind, status][] = [
  ['invalid', status.INVALID_ARGUMENT],
  ['not-found', status.NOT_FOUND],
  ['conflict', status.ALREADY_EXISTS],
  ['precondition', status.FAILED_PRECONDITION],
  ['exhausted', status.RESOURCE_EXHAUSTED],
  ['unauthenticated', status.UNAUTHENTICATED],
  ['forbidden', status.PERMISSION_DENIED],
  ['unavailable', status.UNAVAILABLE],
  ['internal', status.INTERNAL],
];

/** The error as a client receives it. */
const received = (error: unknown): ServiceError =>
  Object.assign(new Error('as grpc-js words it'), toGrpcError(error, 'test-service'));

describe('errors across gRPC', () => {
  it.each(TABLE)('sends %s as status %i and gets the same error back', (kind, code) => {
    const metadata = { fields: '[{"field":"név","message":"üres"}]', other: '' };
    const sent = new DomainError('SOME_REASON', 'Valami történt', { kind, metadata });
    const wire = received(sent);
    expect(wire.code).toBe(code);
    const back = fromGrpcError(wire);
    expect(back).toBeInstanceOf(DomainError);
    expect(back).toMatchObject({ reason: 'SOME_REASON', message: 'Valami történt', kind, metadata });
  });

  it('hides the details of other errors', () => {
    const wire = received(new Error('password of db is hunter2'));
    expect(wire).toMatchObject({ code: status.INTERNAL, details: 'Internal error' });
    expect(
      Buffer.concat(wire.metadata.get('grpc-status-details-bin') as Buffer[]).toString('latin1'),
    ).not.toContain('hunter2');
  });

  it('drops only the metadata when it is too large for a header', () => {
    const sent = new DomainError('VALIDATION_FAILED', 'Too much', {
      kind: 'invalid',
      metadata: { fields: 'x'.repeat(9000) },
    });
    expect(fromGrpcError(received(sent))).toMatchObject({
      reason: 'VALIDATION_FAILED',
      kind: 'invalid',
      metadata: {},
    });
  });

  it.each([
    [status.DEADLINE_EXCEEDED, 'unavailable', 'DEADLINE_EXCEEDED'],
    [status.UNAVAILABLE, 'unavailable', 'UNAVAILABLE'],
    [status.ABORTED, 'conflict', 'ABORTED'],
    [status.UNIMPLEMENTED, 'internal', 'UNIMPLEMENTED'],
    [status.UNKNOWN, 'internal', 'UNKNOWN'],
  ])('maps a plain status %i', (code, kind, reason) => {
    const plain = Object.assign(new Error('x'), { code, details: 'the message', metadata: new Metadata() });
    expect(fromGrpcError(plain)).toMatchObject({ kind, reason, message: 'the message' });
  });

  it('is not confused by details it cannot read', () => {
    const metadata = new Metadata();
    metadata.set('grpc-status-details-bin', Buffer.from([0xff, 0xff, 0x03, 0x80]));
    const odd = Object.assign(new Error('x'), { code: status.NOT_FOUND, details: 'gone', metadata });
    expect(fromGrpcError(odd)).toMatchObject({ kind: 'not-found', reason: 'NOT_FOUND', message: 'gone' });
  });
});

describe('google.rpc.Status', () => {
  it('has the bytes of the specification', () => {
    const url = Buffer.from('type.googleapis.com/google.rpc.ErrorInfo').toString('hex');
    const info = { reason: 'R', domain: 'd', metadata: { a: 'b' } };
    const encoded = encodeStatusDetails({ code: 5, message: 'm', info });
    const errorInfo = '0a0152' + '120164' + '1a06' + '0a0161' + '120162';
    expect(encoded.toString('hex')).toBe(`080512016d1a3a0a28${url}120e${errorInfo}`);
  });

  it('carries any text', () => {
    const texts = fc.record({
      reason: fc.string(),
      domain: fc.string({ unit: 'grapheme' }),
      metadata: fc.dictionary(
        fc.string({ minLength: 1 }).filter((k) => k !== '__proto__'),
        fc.string({ unit: 'grapheme' }),
      ),
    });
    fc.assert(
      fc.property(texts, fc.integer({ min: 0, max: 16 }), (info, code) => {
        expect(decodeErrorInfo(encodeStatusDetails({ code, message: info.reason, info }))).toEqual({
          ...info,
          metadata: { ...info.metadata },
        });
      }),
    );
  });
});

describe('toGraphqlExtensions', () => {
  it('names reason, kind and details of a domain error, and only INTERNAL of others', () => {
    const error = new DomainError('OUT_OF_STOCK', 'x', { kind: 'exhausted', metadata: { left: '3' } });
    expect(toGraphqlExtensions(error)).toEqual({ code: 'OUT_OF_STOCK', kind: 'exhausted', left: '3' });
    expect(toGraphqlExtensions(new Error('secret'))).toEqual({ code: 'INTERNAL', kind: 'internal' });
  });
});
