import { describe, expect, it } from 'vitest';
import type { OutboundMessage } from '../../src/domain/alerts/delivery.ts';
import { postWebhook, type WebhookOptions } from '../../src/host/notify-webhook.ts';
import { openReceiver } from '../support/webhook-receiver.ts';

const message: OutboundMessage = {
  title: 'BHP: HOLD to BUY',
  message: 'BHP <Group> & co: BUY at a score of 0.612.',
  priority: 'high',
  type: 'signal_change',
  code: 'BHP',
  time: '2026-03-03T00:00:00Z',
};
const post = (url: string, more: Partial<WebhookOptions> = {}, sent: OutboundMessage = message) =>
  postWebhook(sent, {
    ...{ url, format: 'auto', allowPrivate: true, signal: new AbortController().signal, timeoutMs: 2000 },
    ...more,
  });

describe('what is posted', () => {
  it('is plain JSON', async () => {
    const receiver = await openReceiver();
    expect(await post(`${receiver.url}/hook/secret?key=1`)).toBeUndefined();
    expect(receiver.posts).toHaveLength(1);
    expect(receiver.posts[0]?.path).toBe('/hook/secret?key=1');
    expect(receiver.posts[0]?.headers['content-type']).toBe('application/json');
    expect(JSON.parse(receiver.posts[0]?.body ?? '')).toEqual(message);
  });
  it('to ntfy is text with a title, a priority and tags', async () => {
    const receiver = await openReceiver();
    await post(`${receiver.url}/topic`, { format: 'ntfy' });
    await post(
      `${receiver.url}/topic`,
      { format: 'ntfy' },
      { ...message, title: 'BHP – café', code: null, priority: 'urgent' },
    );
    const [plain, accented] = receiver.posts;
    expect(plain).toMatchObject({
      path: '/topic',
      body: message.message,
      headers: { title: 'BHP: HOLD to BUY', priority: '4', tags: 'signal_change,BHP' },
    });
    const encoded = /^=\?UTF-8\?B\?(.*)\?=$/.exec(String(accented?.headers['title']))?.[1] ?? '';
    expect(Buffer.from(encoded, 'base64').toString('utf8')).toBe('BHP – café');
    expect(accented?.headers).toMatchObject({ priority: '5', tags: 'signal_change' });
  });
  it('to Slack is text, with its own characters escaped', async () => {
    const receiver = await openReceiver();
    await post(receiver.url, { format: 'slack' });
    expect(JSON.parse(receiver.posts[0]?.body ?? '')).toEqual({
      text: 'BHP: HOLD to BUY\nBHP &lt;Group&gt; &amp; co: BUY at a score of 0.612.',
    });
  });
});

describe('nothing is sent', () => {
  it('to an address of the own machine, be it written or looked up', async () => {
    const receiver = await openReceiver();
    const port = new URL(receiver.url).port;
    const names = ['127.0.0.1', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', '[::1]', 'localhost'];
    for (const name of names) {
      for (const scheme of ['http', 'https']) {
        const trouble = await post(`${scheme}://${name}:${port}/hook/secret`, { allowPrivate: false });
        expect(trouble, name).toMatchObject({ kind: 'refused', isPermanent: true });
        expect(trouble?.reason).toContain('it is an address of your own machine or network');
        expect(trouble?.hint).toBe('If that is meant: asxos config set notify.allowPrivateAddresses yes.');
      }
    }
    expect(receiver.connections()).toBe(0);
  });
  it('by http to a public address', async () => {
    expect(await post('http://8.8.8.8/hook/secret')).toMatchObject({ kind: 'refused', hint: 'Use an https address.' });
  });
  it('to where a redirect leads', async () => {
    const receiver = await openReceiver();
    receiver.answer = response => response.writeHead(302, { location: `${receiver.url}/other` }).end();
    expect(await post(`${receiver.url}/hook`)).toMatchObject({ kind: 'rejected', isPermanent: true });
    expect(receiver.posts.map(each => each.path)).toEqual(['/hook']);
  });
});

describe('trouble', () => {
  it.each([
    [400, true],
    [404, true],
    [408, false],
    [429, false],
    [500, false],
    [503, false],
  ])('an answer of %i', async (status, isPermanent) => {
    const receiver = await openReceiver();
    receiver.answer = response => response.writeHead(status, { 'retry-after': '120' }).end('secret');
    const trouble = await post(`${receiver.url}/hook/secret`);
    expect(trouble).toMatchObject({ kind: 'rejected', isPermanent, waitMs: 120_000 });
    expect(trouble?.reason).toBe(`${receiver.url}/… answered ${status}`);
  });
  it('nobody listens', async () => {
    const trouble = await post('http://127.0.0.1:9/hook/secret');
    expect(trouble).toMatchObject({ kind: 'unreachable', isPermanent: false });
    expect(trouble?.reason).toBe('http://127.0.0.1:9/… could not be reached (ECONNREFUSED)');
  });
  it('there is no such name', async () => {
    const trouble = await post('https://nobody.invalid/hook/secret');
    expect(trouble).toMatchObject({ kind: 'unreachable', isPermanent: false });
    expect(trouble?.reason).not.toContain('secret');
  });
  it('no answer in time, before and in its body', async () => {
    const receiver = await openReceiver();
    receiver.answer = () => undefined;
    const started = performance.now();
    expect(await post(receiver.url, { timeoutMs: 200 })).toMatchObject({
      kind: 'slow',
      reason: `${receiver.url}/ did not answer within 0.2 s`,
    });
    expect(performance.now() - started).toBeLessThan(2000);
  });
  it('a taken message is taken, however long the answer goes on', async () => {
    const receiver = await openReceiver();
    receiver.answer = response => {
      response.writeHead(200);
      const more = setInterval(() => response.write('x'.repeat(100_000)), 1);
      response.on('close', () => clearInterval(more));
    };
    expect(await post(receiver.url, { timeoutMs: 1000 })).toBeUndefined();
  });
  it('who asks to stop is heard', async () => {
    const receiver = await openReceiver();
    const stop = new AbortController();
    receiver.answer = () => stop.abort(new Error('stopped'));
    await expect(post(receiver.url, { signal: stop.signal })).rejects.toThrow('stopped');
  });
});
