import { expect, it } from 'vitest';
import { namesCode } from '../../../src/domain/ledger/entry.ts';
import { parseCode } from '../../../src/domain/market/security.ts';
import { entriesOf } from '../../support/ledger.ts';

it('an entry is about its code, and about the one that another becomes', () => {
  const about = (line: string): string[] =>
    entriesOf([line]).flatMap(entry => ['BHP', 'WDS', 'CBA'].filter(code => namesCode(entry, parseCode(code))));
  expect(about('buy 1 BHP @ 40 on 2026-03-02')).toEqual(['BHP']);
  expect(about('demerger BHP into WDS 18 cost 5% on 2026-03-02')).toEqual(['BHP', 'WDS']);
  expect(about('rename CBA to WDS on 2026-03-02')).toEqual(['WDS', 'CBA']);
  expect(about('fee 5 on 2026-03-02')).toEqual([]);
});
