import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { listImports, undoImport } from '../../../src/usecases/undo-import.ts';
import { openConsoleApp } from '../../support/demo-console.ts';
import { type LocalApi, openLocalApi, type Reply } from '../../support/local-api.ts';

async function openEmpty(): Promise<LocalApi> {
  const { app, close } = await openConsoleApp({ demo: false });
  onTestFinished(close);
  return openLocalApi(app);
}

const header = 'ticker,shares,avg_cost,date_acquired';
const upload = (api: LocalApi, text: string | Uint8Array, query = '', type = 'text/csv'): Promise<Reply> =>
  api.send('POST', `/portfolio/upload${query}`, { text, headers: { 'content-type': type } });
const form = (name: string, text: string): string =>
  `--b\r\nContent-Disposition: form-data; name="${name}"; filename="p.csv"\r\nContent-Type: text/csv\r\n\r\n${text}\r\n--b--\r\n`;
const held = async (api: LocalApi): Promise<[string, number, number][]> =>
  (await api.get('/portfolio')).holdings.map((row: { ticker: string; shares: number; cost_basis: number }) => [
    row.ticker,
    row.shares,
    row.cost_basis,
  ]);

test('each row is reported, the good ones are kept as one batch, and it is taken back whole', async () => {
  const api = await openEmpty();
  const text = [header, 'CBA.AX,100,95.50,2023-06-15', 'BHP,-1,10,', 'wes,five,60,', 'CSL.AU,2,,', 'X!,1,1,', ''].join(
    '\n',
  );
  const { status, body } = await upload(api, form('file', text), '', 'multipart/form-data; boundary=b');
  expect([status, body]).toEqual([
    200,
    {
      status: 'partial',
      portfolio_id: 1,
      holdings_count: 2,
      message: 'Successfully uploaded 2 holdings; 3 refused',
      batch: expect.any(String),
      added: 2,
      holdings: [
        { ticker: 'CBA.AX', shares: 100, cost_basis: 9550, date_acquired: '2023-06-15' },
        { ticker: 'CSL.AX', shares: 2, cost_basis: null, date_acquired: '2026-11-20' },
      ],
      duplicates: 0,
      rejected: [
        { line: 3, reason: 'units are -1' },
        { line: 4, reason: 'units "five" is not a number' },
        { line: 6, reason: expect.stringContaining('X!') },
      ],
      skipped: [],
      warnings: [expect.stringContaining('no cost is known for CSL'), expect.stringContaining('dated today')],
    },
  ]);
  expect(await held(api)).toEqual([
    ['CBA.AX', 100, 9550],
    ['CSL.AX', 2, null],
  ]);
  const [batch] = listImports(api.app);
  expect([batch?.id, batch?.fileName, batch?.added]).toEqual([body.batch, 'p.csv', 2]);
  undoImport(api.app, body.batch);
  expect(await held(api)).toEqual([]);
});

test('the same file twice is not doubled; other units are added, and a warning says to what', async () => {
  const api = await openEmpty();
  await upload(api, `${header}\nBHP,250,42.30,2023-08-20\n`);
  const again = await upload(api, `${header}\nbhp.ax,250.0,"$42.30",20/08/2023\n`);
  expect(again.body).toMatchObject({ status: 'success', batch: null, added: 0, duplicates: 1, holdings_count: 1 });
  expect(again.body.message).toBe('1 holding had been uploaded before; nothing was added');
  const more = await upload(api, `${header}\nBHP,250,42.30,2023-08-20\nBHP,50,40,2024-08-20\n`);
  expect(more.body).toMatchObject({
    added: 1,
    duplicates: 1,
    message: 'Successfully uploaded 1 holding; 1 had been uploaded before',
    warnings: ['BHP.AX: 50 were added to the 250 that are held already'],
  });
  expect(await held(api)).toEqual([['BHP.AX', 300, 12575]]);
});

describe('the portfolio', () => {
  test('is made with the first upload, under the name that is asked for, and not for a file with nothing in it', async () => {
    const api = await openEmpty();
    expect((await upload(api, `${header}\nBHP,x,1,\n`, '?portfolio_name=Growth')).status).toBe(400);
    expect((await api.send('GET', '/portfolio')).status).toBe(404);
    expect((await upload(api, `${header}\nBHP,1,1,\n`, '?portfolio_name=Growth')).body.portfolio_id).toBe(1);
    expect((await api.get('/portfolio')).name).toBe('Growth');
    const other = await upload(api, `${header}\nCSL,1,1,\n`, '?portfolio_name=Grwth');
    expect([other.status, other.body.detail]).toEqual([
      404,
      'There is no portfolio "Grwth". Did you mean "Growth"? The portfolios are Growth.',
    ]);
    expect((await upload(api, `${header}\nCSL,1,1,\n`, '?portfolio_name=all')).status).toBe(400);
    expect(await held(api)).toEqual([['BHP.AX', 1, 1]]);
  });

  test('without a name is Main', async () => {
    const api = await openEmpty();
    await upload(api, `${header}\nBHP,1,1,\n`);
    expect((await api.get('/portfolio')).name).toBe('Main');
  });
});

describe('a file that is none', () => {
  test.each<[string, string | Uint8Array, string, number, string]>([
    ['is empty', '', 'text/csv', 400, 'The file is empty'],
    ['has no rows', `${header}\n`, 'text/csv', 400, 'No valid holdings found in CSV'],
    ['lacks a column', 'ticker,shares\nBHP,1\n', 'text/csv', 400, 'CSV must have columns: ticker, shares, avg_cost'],
    ['is a picture', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 0]), 'text/csv', 400, 'CSV must have columns'],
    ['is JSON', '{"ticker":"BHP"}', 'application/json', 415, 'Send the file as multipart/form-data'],
    ['is no form', 'ticker', 'multipart/form-data; boundary=b', 400, 'is not the multipart/form-data'],
    ['has no boundary', form('file', header), 'multipart/form-data', 415, 'Send the file as'],
    ['is under another name', form('other', header), 'multipart/form-data; boundary=b', 422, 'field required'],
    ['is too large', 'x'.repeat(1_048_577), 'text/csv', 413, 'The body is larger than 1048576 bytes'],
    [
      'has only refused rows',
      `${header}\nBHP,0,1,\nBHP,1,1,2023-02-30\n`,
      'text/csv',
      400,
      'line 2: units are 0; line 3: ',
    ],
  ])('%s is refused, and nothing is kept', async (_what, text, type, status, words) => {
    const api = await openEmpty();
    const reply = await upload(api, text, '', type);
    expect([reply.status, JSON.stringify(reply.body.detail)]).toEqual([status, expect.stringContaining(words)]);
    expect([(await api.send('GET', '/portfolio')).status, listImports(api.app)]).toEqual([404, []]);
  });

  test('of any bytes is answered, and never by a failure inside', async () => {
    const api = await openEmpty();
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 200 }), fc.boolean(), async (bytes, isForm) => {
        const own = isForm
          ? Buffer.concat([Buffer.from('--b\r\n'), bytes])
          : Buffer.concat([Buffer.from(`${header}\n`), bytes]);
        const { status } = await upload(api, own, '', isForm ? 'multipart/form-data; boundary=b' : 'text/csv');
        expect([200, 400, 422]).toContain(status);
      }),
      { numRuns: 150 },
    );
  });
});
