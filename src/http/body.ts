/** Reads the body of a request, most of them JSON: bounded in bytes and in depth, so that none costs more than its size. */
import type { Context } from 'hono';
import { fieldRefusal, refusal } from './refusal.ts';

/** Objects and arrays in each other. */
const deepest = 50;

/** The value sent; undefined where the body is empty. `limit` is in bytes. */
export async function readBody(c: Context, limit: number): Promise<unknown> {
  const bytes = await readBytes(c, limit);
  if (bytes.length === 0) return undefined;
  const type = c.req.header('content-type');
  if (type !== undefined && !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)) {
    throw refusal(415, 'Send the body as application/json');
  }
  const value = parse(bytes);
  if (isDeeper(value, deepest)) {
    throw fieldRefusal(['body'], `more than ${deepest} objects and lists lie in each other`, 'value_error.jsondecode');
  }
  return value;
}

function parse(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw fieldRefusal(['body'], 'the body is not JSON in UTF-8', 'value_error.jsondecode');
  }
}

/** The bytes sent; `limit` is their most. */
export async function readBytes(c: Context, limit: number): Promise<Uint8Array> {
  const declared = c.req.header('content-length');
  if (declared !== undefined) {
    if (Number(declared) > limit) throw tooLarge(limit);
    // The HTTP parser holds the client to its word.
    return new Uint8Array(await c.req.arrayBuffer());
  }
  const { body } = c.req.raw;
  if (body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body as unknown as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > limit) throw tooLarge(limit);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = (limit: number) => refusal(413, `The body is larger than ${limit} bytes`, { Connection: 'close' });

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (depth === 0) return true;
  return Object.values(value).some(inner => isDeeper(inner, depth - 1));
}
