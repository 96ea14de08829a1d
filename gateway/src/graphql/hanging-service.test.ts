import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Gateway } from '../gateway.fixture.js';

const gateway = new Gateway();
const { readerService } = gateway.library;
beforeAll(() => gateway.start());
afterAll(() => gateway.stop());

const READERS = '{ readersCount }';
const NEW_READER =
  'mutation { createReader(name: "A", email: "a@example.com", password: "12345678") { id } }';
const codeOf = async (query: string) => (await gateway.gql(query)).errors?.[0]?.extensions.code as string;

describe('a service that hangs', () => {
  it('exceeds the deadline, then is no longer called, and is called again once it responds', async () => {
    expect(await codeOf(READERS)).toBeUndefined();
    readerService.hang();
    const waiting = Promise.all(Array.from({ length: 10 }, () => codeOf(READERS)));
    const others = await gateway.gql('{ booksCount }');
    expect(others).toMatchObject({ status: 200, data: { booksCount: 0 } });
    expect(new Set(await waiting)).toEqual(new Set(['DEADLINE_EXCEEDED']));

    const called = readerService.calls.length;
    const heldBack = await Promise.all(Array.from({ length: 10 }, () => codeOf(READERS)));
    expect(heldBack).toContain('UNAVAILABLE');
    expect(readerService.calls.length - called).toBeLessThan(10);

    readerService.hang(false);
    let code: string | undefined = 'not called';
    for (const until = Date.now() + 60_000; code && Date.now() < until;) code = await codeOf(READERS);
    expect(code).toBeUndefined();
  });

  it('that flaps responds in between', async () => {
    for (let round = 0; round < 3; round++) {
      readerService.stop();
      expect(await codeOf(NEW_READER)).toBe('UNAVAILABLE');
      expect(await codeOf('{ booksCount }')).toBeUndefined();
      await readerService.start();
      let code: string | undefined = 'not called';
      for (const until = Date.now() + 60_000; code && Date.now() < until;) code = await codeOf(READERS);
      expect(code).toBeUndefined();
    }
  });
});

describe('a service that restarts', () => {
  it('loses no call that is safe to retry', async () => {
    const { id: readerId } = gateway.library.addReader();
    const { id: bookId } = gateway.library.addBook();
    const loan = `mutation { createLoan(readerId: "${readerId}", items: [{ bookId: "${bookId}", quantity: 1 }]) { id } }`;
    const { loanService } = gateway.library;
    readerService.stop();
    loanService.stop();
    const waiting = [gateway.gql(READERS), gateway.gql(loan, {}, { 'idempotency-key': 'once' })];
    expect(await codeOf(NEW_READER)).toBe('UNAVAILABLE');
    await Promise.all([readerService.start(), loanService.start()]);
    for (const { errors } of await Promise.all(waiting)) expect(errors).toBeUndefined();
  });
});
