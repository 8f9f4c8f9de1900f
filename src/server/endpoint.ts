/**
 * How an endpoint is declared: one record says its path, what it takes and what it answers, and both the check of a
 * request and the OpenAPI document are made of it. Who asks is checked first, then the body, then the rest.
 */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import type { z } from 'zod';
import { refusalAnswer } from '../account/messages.ts';
import { readBody } from './body.ts';
import type { Identify, Identity } from './identity.ts';
import { problemsOf } from './problems.ts';
import { fieldRefusal, refusal } from './refusal.ts';

/** Bytes of a body, where an endpoint does not say more. */
const usualBody = 65_536;

export type Variables = { userId: number };
export type Server = OpenAPIHono<{ Variables: Variables }>;

export type Route<Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType> = {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With parameters like `{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly answer: Answer;
  readonly body?: Body;
  /** Nothing sent is an empty object. */
  readonly bodyIsOptional?: boolean;
  readonly bodyLimit?: number;
  readonly query?: Query;
};

export type Asked<Body extends z.ZodType, Query extends z.ZodObject> = {
  readonly c: Context<{ Variables: Variables }>;
  readonly body: z.output<Body>;
  readonly query: z.output<Query>;
};

type Handler<Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType, More> = (
  asked: Asked<Body, Query> & More,
) => Promise<z.input<Answer> | JsonText>;

/** An answer that is JSON already. */
export type JsonText = { readonly [isJson]: string };
const isJson = Symbol('JSON text');
export const jsonText = (text: string): JsonText => ({ [isJson]: text });
const textOf = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && isJson in answer ? String(answer[isJson]) : undefined;

export type Endpoints = ReturnType<typeof openEndpoints>;

export function openEndpoints(server: Server, identify: Identify) {
  const declare = <Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
    route: Route<Body, Query, Answer>,
    isSignedIn: boolean,
    respond: (c: Context<{ Variables: Variables }>) => Promise<z.input<Answer> | JsonText>,
  ): void => {
    server.openAPIRegistry.registerPath(documented(route, isSignedIn));
    server.on(route.method.toUpperCase(), route.path.replaceAll(/\{(\w+)\}/g, ':$1'), async c => {
      const answer = await respond(c);
      const text = textOf(answer);
      return text === undefined ? c.json(answer) : c.body(text, 200, { 'Content-Type': 'application/json' });
    });
  };
  return {
    /** For everybody. */
    open: <Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
      route: Route<Body, Query, Answer>,
      handle: Handler<Body, Query, Answer, unknown>,
    ): void => declare(route, false, async c => handle(await readRequest(c, route))),
    /** For who has a good access token. */
    signedIn: <Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
      route: Route<Body, Query, Answer>,
      handle: Handler<Body, Query, Answer, Identity>,
    ): void =>
      declare(route, true, async c => {
        const identity = await identify(c);
        c.set('userId', identity.account.userId);
        return handle({ ...(await readRequest(c, route)), ...identity });
      }),
  };
}

async function readRequest<Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
  c: Context<{ Variables: Variables }>,
  { body, query, bodyIsOptional = false, bodyLimit = usualBody }: Route<Body, Query, Answer>,
): Promise<Asked<Body, Query>> {
  const sent = body === undefined ? undefined : await readBody(c, bodyLimit);
  if (body !== undefined && sent === undefined && !bodyIsOptional) {
    throw fieldRefusal(['body'], 'field required', 'value_error.missing');
  }
  return {
    c,
    body: body && checked(body, sent === undefined ? {} : sent, 'body'),
    query: query && checked(query, c.req.query(), 'query'),
  } as Asked<Body, Query>;
}

function checked<Schema extends z.ZodType>(schema: Schema, value: unknown, where: string): z.output<Schema> {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw refusal(422, problemsOf(read.error.issues, value, where));
}

const json = (schema: z.ZodType) => ({ 'application/json': { schema } });

function documented<Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
  { method, path, summary, answer, body, query, bodyIsOptional = false }: Route<Body, Query, Answer>,
  isSignedIn: boolean,
) {
  const refused = { content: json(refusalAnswer), description: 'Refused, with the reason' };
  const takes = body !== undefined || query !== undefined;
  return createRoute({
    method,
    path,
    summary,
    ...(isSignedIn ? { security: [{ bearer: [] }] } : {}),
    request: {
      ...(body === undefined ? {} : { body: { content: json(body), required: !bodyIsOptional } }),
      ...(query === undefined ? {} : { query }),
    },
    responses: {
      200: { content: json(answer), description: 'Done' },
      ...(isSignedIn ? { 401: refused } : {}),
      ...(takes ? { 422: refused } : {}),
    },
  });
}
