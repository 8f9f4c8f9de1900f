import { randomBytes } from 'node:crypto';

const counterLimit = 0x1000;

/**
 * Makes UUIDv7 ids (RFC 9562, 5.7 and method 1 of 6.2): text order is the order of making, also within a millisecond
 * and when the machine's clock is set back. `clock` gives milliseconds since 1970.
 */
export function idSequence(clock: () => number = Date.now): () => string {
  let last = 0;
  let counter = 0;
  return () => {
    const random = randomBytes(10);
    const now = clock();
    if (now > last) {
      last = now;
      counter = random.readUInt16BE(8) & 0x7ff;
    } else {
      counter += 1;
      if (counter === counterLimit) {
        last += 1;
        counter = 0;
      }
    }
    const time = last.toString(16).padStart(12, '0');
    const sequence = counter.toString(16).padStart(3, '0');
    const variant = ((random.readUInt8(0) & 0x3f) | 0x80).toString(16);
    const rest = random.toString('hex', 1, 8);
    return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${rest.slice(0, 2)}-${rest.slice(2)}`;
  };
}
