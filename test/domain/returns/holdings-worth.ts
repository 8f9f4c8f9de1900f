/** Holdings for tests: `CODE value [sector] [kind]`, with `?` for what is not known. */
import { money } from '../../../src/domain/decimal.ts';
import { type AssetKind, parseCode } from '../../../src/domain/market/security.ts';
import type { Classified } from '../../../src/domain/returns/allocation.ts';

const known = <T extends string>(text: string | undefined): T | undefined =>
  text === undefined || text === '?' ? undefined : (text as T);

export const held = (...rows: readonly string[]): Classified[] =>
  rows.map(row => {
    const [code = '', value, sector, kind = 'share'] = row.split(' ');
    const worth = known(value);
    return {
      code: parseCode(code),
      value: worth === undefined ? undefined : money(worth),
      sector: known(sector),
      kind: known<AssetKind>(kind),
    };
  });
