import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCode, parseCode, readCode } from '../../../src/domain/market/security.ts';
import { Failure } from '../../../src/failure.ts';

describe('a code', () => {
  it.each(['BHP', 'bhp', ' BHP ', 'BHP.AX', 'BHP.AU', 'bhp.asx', 'ASX:BHP', 'asx:bhp'])('is read from "%s"', text => {
    expect(readCode(text)).toBe('BHP');
  });

  it('may have digits and up to six letters', () => {
    expect(['88E', '3DP', 'CBAPG', 'MQGPG', 'ETPMAG'].map(readCode)).toEqual([
      '88E',
      '3DP',
      'CBAPG',
      'MQGPG',
      'ETPMAG',
    ]);
  });

  it.each([
    '',
    'A',
    'BH',
    'TOOLONG',
    'BHP.US',
    'BHP.INDX',
    'AMD.NAS',
    'B-P',
    'BHP AX',
    '0P00007962',
    'BHP.AX.AX',
    'ÄBC',
  ])('"%s" is none', text => {
    expect(readCode(text)).toBeUndefined();
    expect(isCode(text)).toBe(false);
    expect(() => parseCode(text)).toThrow(Failure);
  });

  it('names the refused text', () => {
    expect(() => parseCode('BHP.US')).toThrow('"BHP.US" is not an ASX code');
  });

  it('is itself when it is bare, whatever suffix it is given', () => {
    const bare = fc.stringMatching(/^[A-Z0-9]{3,6}$/);
    fc.assert(
      fc.property(bare, fc.constantFrom('', '.AX', '.AU', '.ASX', '.ax'), (code, suffix) => {
        expect(isCode(code)).toBe(true);
        expect(readCode(code + suffix)).toBe(code);
        expect(readCode(`ASX:${code}`.toLowerCase())).toBe(code);
      }),
      { seed: 21 },
    );
  });
});
