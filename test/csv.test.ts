import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvText } from '../src/csv.ts';
import { decimal } from '../src/domain/decimal.ts';

describe('CSV', () => {
  test('one header row; text that a spreadsheet would run is guarded, numbers never are', () => {
    const rows = [
      ['=1+1', '+1', '-1', '@x', '\tx', '\rx', 'safe', decimal('-1.50'), -2.5, true, undefined],
      ['a,b', 'say "hi"', 'two\nlines', '', '–', 'x=1', '1-1', decimal('0'), 0, false, undefined],
    ] as const;
    expect(csvText({ fields: ['a', 'b'], rows })).toBe(
      "a,b\n'=1+1,'+1,'-1,'@x,' x,' x,safe,-1.5,-2.5,true,\n" + '"a,b","say ""hi""",two lines,,–,x=1,1-1,0,0,false,\n',
    );
  });

  test('no cell of text ever begins as a formula does', () => {
    fc.assert(
      fc.property(fc.string(), text => {
        const cell = csvText({ fields: ['a'], rows: [[text]] }).split('\n')[1] ?? '';
        expect(cell.replace(/^"/, '')).not.toMatch(/^[=+\-@\t\r]/);
      }),
      { seed: 1 },
    );
  });
});
