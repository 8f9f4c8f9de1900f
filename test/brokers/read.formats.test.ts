import { describe, expect, test } from 'vitest';
import { formats } from '../../src/brokers/read.ts';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

test('every format has its own id, a title and headers that find it again', () => {
  expect(new Set(formats.map(format => format.id)).size).toBe(formats.length);
  const found = formats
    .filter(format => format.headers.length > 0)
    .map(format => ({ id: format.id, found: read(`${format.headers.join(',')}\n`).format }));
  expect(found.filter(format => format.id !== format.found)).toEqual([]);
  expect(formats.filter(format => format.headers.length === 0).map(format => format.id)).toEqual([
    'selfwealth-portfolio',
    'ibkr-activity',
    'ledger',
  ]);
});

test('only layouts tried on a sample are verified', () => {
  expect(formats.filter(format => format.verified).map(format => format.id)).toEqual([
    'commsec-confirmations',
    'commsec-transactions',
    'selfwealth-movements',
    'selfwealth-portfolio',
    'nabtrade-confirmations',
    'nabtrade-trading-cash',
    'ibkr-trades',
    'holdings',
    'entries',
    'ledger',
  ]);
});

const buy = 'buy 2024-01-02 BHP 100 @ 45 fee 9.95';

describe('one buy and one foreign or odd row of each trade layout', () => {
  test.each<[string, string, string[], string[]]>([
    [
      'commsec-trades',
      'Code,Company,Date,Type,Quantity,Unit Price ($),Trade Value ($),Brokerage+GST ($),GST ($),Contract Note,Total Value ($)\nBHP,BHP GROUP,02/01/2024,Buy,100,45.00,"4,500.00",9.95,0.90,77,"4,509.95"\n',
      [`${buy} total 4509.95`],
      ['commsec:77'],
    ],
    [
      'commsec-trades-net',
      'Date,Type,Security Code,Units,Price ($),Brokerage ($),Net Proceeds ($)\n02/01/2024,B,BHP,100,45.00,9.95,4509.95\n',
      [`${buy} total 4509.95`],
      ['commsec-trades-net|2024-01-02|BHP|buy|100|45|4509.95|#1'],
    ],
    [
      'selfwealth-orders',
      'Date,Symbol,Side,Quantity,Price,Brokerage,Value,Market,Currency,Order Id\n2024-01-02,BHP,Buy,100,45,9.95,4500.00,ASX,AUD,55\n',
      [buy],
      ['selfwealth-order:55'],
    ],
    [
      'cmc',
      'Account Name,Confirmation Number,AsxCode,Order Type,Trade Date,Quantity,Price,Brokerage,Consideration\nMe,12345,BHP,Buy,2024-01-02,100,45,9.95,4509.95\n',
      [`${buy} total 4509.95`],
      ['cmc:12345'],
    ],
    [
      'cmc-cfd',
      'Date/Time,Product,Quantity,Price,Type,Commission,Exchange,Reference\n02/01/2024 10:05,BHP,100,45,Buy,9.95,ASX,R1\n',
      [buy],
      ['cmc-cfd:R1'],
    ],
    [
      'stake-activity',
      'Date,Symbol,Shares,Price Per Share,Action,Fees,Currency\n2024-01-02,BHP,100,45,Market Buy,9.95,AUD\n',
      [buy],
      ['stake-activity|2024-01-02|BHP|buy|100|45||#1'],
    ],
    [
      'stake-trades',
      'Trade Date,Symbol,Side,Quantity,Price,Brokerage,Currency,FX Rate,Total (USD),Market\n2024-01-02,BHP,B,100,45,9.95,AUD,,,ASX\n',
      [buy],
      ['stake-trades|2024-01-02|BHP|buy|100|45||#1'],
    ],
    [
      'belldirect',
      'Date Completed,Stock Code,Quantity,Average Transacted Price,Buy/Sell,Brokerage,Contract\n02 Jan 2024 10:03,BHP,100,45,Buy,9.95,998\n',
      [buy],
      ['belldirect:998'],
    ],
    [
      'sharesight-import',
      'Trade Date,Instrument Code,Market Code,Transaction Type,Quantity,Price,Brokerage,Value,Currency,Comments\n02/01/2024,BHP,ASX,BUY,100,45,9.95,4509.95,AUD,first\n',
      [`${buy} total 4509.95 note first`],
      ['sharesight-import|2024-01-02|BHP|buy|100|45|4509.95|#1'],
    ],
    [
      'sharesight-import-market',
      'Market,Code,Date,Type,Quantity,Price,Brokerage,Currency,Comments\nASX,BHP,02/01/2024,Buy,100,45,9.95,AUD,\n',
      [buy],
      ['sharesight-import-market|2024-01-02|BHP|buy|100|45||#1'],
    ],
    [
      'sharesies',
      'Order ID,Trade date,Instrument code,Market code,Quantity,Price,Transaction type,Transaction fee,Currency,Amount\nab-1,2024-01-02,BHP,ASX,100,45,BUY,9.95,AUD,4509.95\n',
      [`${buy} total 4509.95`],
      ['sharesies:AB-1'],
    ],
  ])('%s', (id, text, expected, keys) => {
    const result = read(text);
    expect(result.format).toBe(id);
    expect(briefs(result)).toEqual(expected);
    expect(result.rows.map(row => row.sourceKey)).toEqual(keys);
    expect(result.rejected).toEqual([]);
    expect(result.verified).toBe(false);
  });
});

test('Sharesight All Trades: negative sales, the brokerage currency, unit changes, other exchanges', () => {
  const result = read(
    `All Trades Report for Ann between 2024-01-01 and 2026-06-30
Code,Market Code,Name,Date,Type,Qty,Price,Instrument Currency,Cost Base Per Share (aud),Brokerage,Brokerage Currency,Exch. Rate,Value,
XOM,NYSE,ExxonMobil Holdings Corp.,2026-04-15,Sell,-100,148.5,USD,,122.14,AUD,1.3940809999999995,-20579.96,
BHP,ASX,BHP Group,02/01/2024,Buy,100,45,AUD,45.1,9.95,AUD,1.0,4509.95,
BHP,ASX,BHP Group,2024-02-02,Sell,\u221240,46,AUD,,9.95,AUD,1.0,"\u22121,830.05",
BHP,ASX,BHP Group,2024-03-02,Consolidation,-30,,AUD,,,,,,
BHP,ASX,BHP Group,2024-04-02,Bonus,3,,AUD,,,,,,
BHP,ASX,BHP Group,2024-05-02,Opening Balance,10,30,AUD,,0,AUD,1,300,
BHP,ASX,BHP Group,2024-06-02,Buy,10,30,AUD,,5,USD,1,307.5,
BHP,ASX,BHP Group,2024-07-02,Adjust Cost Base,0,0,AUD,,0,AUD,1,12,
Total,,,,,,,,,,,,1,
`,
  );
  expect(result.format).toBe('sharesight-trades');
  expect(briefs(result)).toEqual([
    'buy 2024-01-02 BHP 100 @ 45 fee 9.95 total 4509.95',
    'sell 2024-02-02 BHP 40 @ 46 fee 9.95 total 1830.05',
    'bonus 2024-04-02 BHP 3',
    'opening 2024-05-02 BHP 10 cost 300 acquired 2024-05-02',
    'buy 2024-06-02 BHP 10 @ 30 fee 7.5 total 307.5',
  ]);
  expect(rejects(result)).toEqual([
    '3: not an ASX security: XOM.NYSE (USD)',
    '6: a consolidation states no ratio; add it as "consolidation BHP NEW:OLD on 2024-03-02"',
    '10: "Adjust Cost Base" is not a kind of trade',
  ]);
  expect(skips(result)).toEqual(['1: above the header: "All Trades Report for Ann between 2024-…"', '11: a total']);
});

test('Stake and Sharesies hold two markets in one file', () => {
  const result = read(
    `Date,Symbol,Shares,Price Per Share,Action,Fees,Currency
2024-01-02,AAPL,1,180,Market Buy,3,USD
2024-01-03,CBA,2,110,Limit Sell,3,AUD
2024-01-04,CBA,2,1,Dividend,0,AUD`,
  );
  expect(briefs(result)).toEqual(['sell 2024-01-03 CBA 2 @ 110 fee 3']);
  expect(rejects(result)).toEqual(['2: not an ASX security: AAPL (USD)']);
  expect(skips(result)).toEqual(['4: "Dividend" is no trade; add it by hand']);
});

test('CommSec rows that are not confirmed are skipped', () => {
  const header =
    'Confirmation Number,Order Number,Trade Date,Buy/ Sell,Security,Units,Average Price ($),Brokerage (inc GST.),Net Proceeds ($),Settlement Date,Confirmation Status,\n';
  const result = read(
    `${header}1,N1,2/07/2025,B,BHP,10,40.000,10.00,410.00,4/07/2025,Cancelled,\n2,N2,2/07/2025,B,BHP,10,40.000,10.00,410.00,4/07/2025,confirmed,\n`,
  );
  expect(result.rows.map(row => row.sourceKey)).toEqual(['commsec:2']);
  expect(skips(result)).toEqual(['2: status is Cancelled, not Confirmed']);
});
