import { expect, test } from 'vitest';
import { briefs, read, rejects, skips } from './reading-a-file.ts';

const bhp = 'AU000000BHP4';

test('Flex trades: negative sales and commissions, currency conversions skipped', () => {
  const result = read(
    `"Buy/Sell","TradeDate","ISIN","Quantity","TradePrice","TradeMoney","CurrencyPrimary","IBCommission","IBCommissionCurrency"
"BUY","20230522","${bhp}","95","45","4275","AUD","-6","AUD"
"SELL","20230523;101500","${bhp}","-95","46","-4370","AUD","-6","AUD"
"BUY","20230524","","1000","1.5","1500","USD","-2","USD"
"BUY","20230524","${bhp}","1","45","45","AUD","-2","USD"
"SELL (Ca.)","20230524","${bhp}","1","45","45","AUD","-2","AUD"
"BUY","20230524","${bhp}","-1","45","45","AUD","-2","AUD"`,
  );
  expect(briefs(result)).toEqual(['buy 2023-05-22 BHP 95 @ 45 fee 6', 'sell 2023-05-23 BHP 95 @ 46 fee 6']);
  expect(skips(result)).toEqual(['4: no ISIN: a currency conversion']);
  expect(rejects(result)).toEqual([
    '5: brokerage is in USD',
    '6: "SELL (Ca.)" cancels a trade; remove the trade it cancels',
    '7: units are -1',
  ]);
});

test('Flex dividends: tax of the same day and security is withheld from the dividend', () => {
  const result = read(
    `"Type","SettleDate","ISIN","Description","Amount","CurrencyPrimary"
"Dividends","20240328","${bhp}","BHP","72","AUD"
"Withholding Tax","20240328","${bhp}","BHP","-10.80","AUD"
"Withholding Tax","20240928","${bhp}","BHP","-1","AUD"
"Dividends","20240401","US9220427424","VT","5","USD"
"Dividends","20240402","${bhp}","BHP","-72","AUD"
"Broker Interest","20240402","","x","1","AUD"`,
  );
  expect(result.format).toBe('ibkr-dividends');
  expect(briefs(result)).toEqual(['dividend 2024-03-28 BHP amount 72 withheld 10.8']);
  expect(rejects(result)).toEqual([
    '4: tax withheld without its dividend: 2024-09-28 BHP',
    '5: ISIN US9220427424 is not in the symbol list',
    '6: a dividend of -72: a reversal; remove the dividend it reverses',
  ]);
  expect(skips(result)).toEqual(['7: Broker Interest: no dividend']);
});

test('activity statement: sections, sides by sign, foreign rows rejected', () => {
  const result = read(
    `Statement,Header,Field Name,Field Value
Statement,Data,Title,Activity Statement
Trades,Header,DataDiscriminator,Asset Category,Currency,Symbol,Date/Time,Quantity,T. Price,C. Price,Proceeds,Comm/Fee,Basis,Realized P/L,MTM P/L,Code
Trades,Data,Order,Stocks,AUD,BHP,"2024-01-02, 10:03:00","1,000",45.1,45,-45100,-36.08,45136.08,0,0,O
Trades,Data,Order,Stocks,AUD,BHP,"2024-02-02, 10:03:00",-400,46,45,18400,-14.72,0,0,0,C
Trades,Data,Order,Stocks,USD,AAPL,"2024-02-02, 10:03:00",4,180,180,-720,-1,721,0,0,O
Trades,Data,Order,Forex,USD,AUD.USD,"2024-02-02, 10:03:00",4,0.66,,-2,-1,,,,
Trades,SubTotal,,Stocks,AUD,BHP,,600,,,-26700,-50.8,,,,
Dividends,Header,Currency,Date,Description,Amount
Dividends,Data,AUD,2024-03-28,BHP(AU000000BHP4) Cash Dividend AUD 0.72 per Share (Ordinary Dividend),432
Dividends,Data,Total,,,432
Withholding Tax,Header,Currency,Date,Description,Amount,Code
Withholding Tax,Data,AUD,2024-03-28,BHP(AU000000BHP4) Cash Dividend AUD 0.72 per Share - AU Tax,-64.8,`,
  );
  expect(result).toMatchObject({ format: 'ibkr-activity', verified: false });
  expect(briefs(result)).toEqual([
    'buy 2024-01-02 BHP 1000 @ 45.1 fee 36.08',
    'sell 2024-02-02 BHP 400 @ 46 fee 14.72',
    'dividend 2024-03-28 BHP amount 432 withheld 64.8',
  ]);
  expect(rejects(result)).toEqual(['6: not an ASX security: AAPL (USD)']);
  expect(skips(result)).toEqual(['1: section "Statement" is not used', '7: Forex: no ASX security']);
  expect(result.warnings).toEqual([expect.stringContaining('time zone')]);
});
