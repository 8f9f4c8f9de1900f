/** A price as the input of a formula: what was traded, when, and why it is not simply the newest. */
import type { KnownPrice } from '../market/known-price.ts';
import type { Code } from '../market/security.ts';
import type { Input } from './explanation.ts';

export function priceInput(code: Code, price: KnownPrice | undefined): Input {
  if (price === undefined) {
    return { name: 'price', unit: 'price', value: undefined, source: { kind: 'given', words: 'never priced' } };
  }
  return {
    name: 'price',
    unit: 'price',
    value: price.price,
    source: {
      kind: 'price',
      code,
      on: price.on,
      from: price.source,
      tradedAt: price.stamp.kind === 'quote' ? price.stamp.tradedAt : undefined,
      reason: price.reason,
    },
  };
}
