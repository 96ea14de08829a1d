import { MsxError } from '../../../terminal/errors/msx-error.js';
import { checkedWords } from '../names/noun.js';

/** The words of `order.shipped`, or of `stock-item.sold.out`. Throws NAME_INVALID. */
export function topicWords(topic: string): string[] {
  if (/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(topic))
    return checkedWords(topic.replaceAll('.', '-'), 'topic');
  const reason = 'it must have the form thing.happened, in lower case';
  throw new MsxError('NAME_INVALID', { what: 'topic', name: topic, reason });
}
