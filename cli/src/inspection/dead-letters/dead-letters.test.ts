import { describe, expect, it } from '@jest/globals';
import { letterIn } from './dead-letter.js';
import { letterTopicsIn } from './letter-topics.js';
import { markIn, markMessage } from './letter-mark.js';
import { newestOf } from './newest-of.js';
import { replayMessage } from './replay-message.js';
import { selectLetters } from './select-letters.js';
import { summarizeLetters } from './summarize-letters.js';
import type { IHeaders } from 'kafkajs';
import type { TopicRecord } from '../topics/topic-record.js';

const topic = { name: 'toy.made.shelf.dlq', topic: 'toy.made', group: 'shelf' };
const record = (headers: IHeaders, more: Partial<TopicRecord> = {}): TopicRecord => ({
  ...{ topic: topic.name, partition: 0, offset: 4, timestamp: 1000, key: Buffer.from('k') },
  ...{ value: Buffer.from('v'), headers, ...more },
});
const original = { 'original-topic': 'toy.made', 'original-partition': '2', 'original-offset': '9' };
const letter = (headers: IHeaders = {}, more: Partial<TopicRecord> = {}) =>
  letterIn(record({ ...original, ...headers }, more), topic);

describe('a record of a dead-letter topic', () => {
  it('written before its headers said when and how often is a letter that died once', () => {
    expect(letter({ 'error-code': 'BAD', 'error-message': 'no' })).toEqual({
      ...{ id: '0:4', place: { topic: topic.name, partition: 0, offset: 4 }, group: 'shelf', key: 'k' },
      ...{ original: { topic: 'toy.made', partition: 2, offset: 9 }, diedAt: 1000 },
      ...{ code: 'BAD', message: 'no', cut: [], deaths: 1 },
    });
  });

  it.each([{}, { ...original, 'original-topic': 'toy.sold' }, { ...original, 'original-offset': '-1' }])(
    'with %j was not written by msx',
    (headers) => {
      const found = letterIn(record(headers), topic);
      expect(found.original).toBeUndefined();
      expect(found.code).toBe('not written by msx');
    },
  );

  it('is a mark if it says so, also when its value is damaged', () => {
    const mark = { letter: '0:4', mark: 'replayed', by: 'ann', time: 't', eventId: 'e' } as const;
    const { key, value, headers } = markMessage(mark, 0);
    const asRecord = record(headers!, { key: Buffer.from(key!), value: Buffer.from(value!) });
    expect(markIn(asRecord)).toEqual(mark);
    expect(markIn({ ...asRecord, value: null })).toEqual({
      ...{ letter: '0:4', mark: 'replayed', by: '', time: '1970-01-01T00:00:01.000Z' },
    });
    expect(markIn(record({ 'dead-letter-mark': 'burnt' }))).toBeUndefined();
  });
});

describe('dead-letter topics', () => {
  const names = ['a.b.g.dlq', 'a.g.dlq', 'a', 'dlq', 'x.dlq', 'a.h.dlq'];

  it.each([
    [{}, ['a.b.g.dlq', 'a.g.dlq', 'a.h.dlq']],
    [{ topic: 'a' }, ['a.g.dlq', 'a.h.dlq']],
    [{ topic: 'a.b' }, ['a.b.g.dlq']],
    [{ topic: 'a.h.dlq' }, ['a.h.dlq']],
    [{ topic: 'a', group: 'g' }, ['a.g.dlq']],
    [{ topic: 'b' }, []],
  ])('of %j', (filter, found) =>
    expect(letterTopicsIn(names, filter).map(({ name }) => name)).toEqual(found),
  );
});

describe('letters', () => {
  const mark = { letter: '0:4', mark: 'dropped', by: 'ann', time: 't' } as const;
  const letters = [
    { ...letter({ ce_id: 'one', 'error-code': 'A', 'error-message': 'Full shelf' }), diedAt: 10 },
    { ...letter({ 'error-code': 'B', 'error-deaths': '2' }, { offset: 5 }), diedAt: 20 },
    { ...letter({ 'error-code': 'A' }, { offset: 6, key: null }), diedAt: 30, mark },
  ];

  it.each([
    [{ ids: ['one', '0:6'] }, ['0:4', '0:6']],
    [{ ids: [] }, ['0:4', '0:5']],
    [{ ids: [], error: 'A' }, ['0:4']],
    [{ ids: [], error: 'full' }, ['0:4']],
    [{ ids: [], since: 15 }, ['0:5']],
    [{ ids: [], key: 'k', error: 'B' }, ['0:5']],
    [{ ids: [], key: 'other' }, []],
  ])('are selected by %j', (selection, found) =>
    expect(selectLetters(letters, selection).map(({ id }) => id)).toEqual(found),
  );

  it('are counted', () => {
    expect(summarizeLetters(topic, letters)).toMatchObject({
      ...{ open: 2, replayed: 0, dropped: 1 },
      causes: [
        { code: 'A', count: 1, diedAgain: 0, oldest: '1970-01-01T00:00:00.010Z' },
        { code: 'B', count: 1, diedAgain: 1 },
      ],
    });
  });

  it('are shown from the newest', () => {
    const chosen = [{ topic, letters: letters.slice(0, 2) }];
    expect(newestOf(chosen, 1)).toEqual({ chosen: [{ topic, letters: [letters[1]] }], more: 1 });
    expect(newestOf(chosen, 5)).toEqual({ chosen, more: 0 });
  });
});

describe('a replay', () => {
  it('keeps the headers of the message, and sends one without a value with an empty one', () => {
    const headers = { ...original, 'error-code': 'A', ce_id: 'one', many: ['a', 'b'], none: undefined };
    const { message, eventId } = replayMessage(record(headers), letter(headers), { by: 'ann' });
    expect(eventId).toBe('one');
    expect(message.headers).toEqual({
      ...{ ce_id: 'one', many: ['a', 'b'], none: '', 'replay-group': 'shelf', 'replay-by': 'ann' },
      ...{ 'replay-letter': `${topic.name}/0/4`, 'replay-first-letter': `${topic.name}/0/4` },
      ...{ 'replay-first-time': '1970-01-01T00:00:01.000Z', 'replay-deaths': '1' },
    });
  });

  it('of an edited event that died again still names the event it was', () => {
    const headers = { ...original, ce_id: 'two', 'error-edited-from': 'one', 'error-deaths': '2' };
    const { message } = replayMessage(record(headers), letter(headers), { by: 'ann' });
    expect(message.headers).toMatchObject({ ce_id: 'two', 'replay-edited-from': 'one' });
    expect(replayMessage(record(headers), letter(headers), { by: 'ann', value: 'x' })).toMatchObject({
      editedFrom: 'two',
      message: { value: 'x' },
    });
  });
});
