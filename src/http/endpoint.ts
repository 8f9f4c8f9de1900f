/**
 * How an endpoint is declared: one record says its path, what it takes and what it answers, and both the check of a
 * request and the OpenAPI document are made of it. Who asks is checked first, then the body, then the rest.
 */
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { z } from 'zod';
import { refusalAnswer } from '../account/messages.ts';
import { readBody } from './body.ts';
import { problemsOf } from './problems.ts';
import { fieldRefusal, refusal } from './refusal.ts';

/** Bytes of a body, where an endpoint does not say more. */
const usualBody = 65_536;

/** `userId` is of who asks, for the log. */
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
  /** A body that is not JSON, by its content type: documented here, read by the handler. */
  readonly otherBody?: Readonly<Record<string, z.ZodType>>;
  readonly query?: Query;
  /** Answered with 201 where something was made, by `c.status`. */
  readonly makes?: boolean;
};

export type Asked<Body extends z.ZodType, Query extends z.ZodObject> = {
  readonly c: Context<{ Variables: Variables }>;
  readonly body: z.output<Body>;
  readonly query: z.output<Query>;
};

type Handler<Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType, More> = (
  asked: Asked<Body, Query> & More,
) => Promise<z.input<Answer> | JsonText> | z.input<Answer>;

/** An answer that is JSON already. */
export type JsonText = { readonly [isJson]: string };
const isJson = Symbol('JSON text');
export const jsonText = (text: string): JsonText => ({ [isJson]: text });
const textOf = (answer: unknown): string | undefined =>
  typeof answer === 'object' && answer !== null && isJson in answer ? String(answer[isJson]) : undefined;

/** How who asks shows who it is: a name of the OpenAPI document's security schemes, and the check. */
type Guard<Identity> = {
  readonly scheme: string;
  readonly identify: (c: Context<{ Variables: Variables }>) => Promise<Identity>;
};

export type Endpoints<Identity> = ReturnType<typeof openEndpoints<Identity>>;

export function openEndpoints<Identity>(server: Server, { scheme, identify }: Guard<Identity>) {
  const declare = <Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
    route: Route<Body, Query, Answer>,
    security: string | undefined,
    respond: (c: Context<{ Variables: Variables }>) => Promise<z.input<Answer> | JsonText>,
  ): void => {
    server.openAPIRegistry.registerPath(documented(route, security));
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
    ): void => declare(route, undefined, async c => handle(await readRequest(c, route))),
    /** For who has shown who it is. */
    signedIn: <Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
      route: Route<Body, Query, Answer>,
      handle: Handler<Body, Query, Answer, Identity>,
    ): void =>
      declare(route, scheme, async c => {
        const identity = await identify(c);
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

/** The parameters of a path, which are text to the document: what shape they have is for the handler to say. */
function parametersOf(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return names.length === 0 ? {} : { params: z.object(Object.fromEntries(names.map(name => [name, z.string()]))) };
}

function documented<Body extends z.ZodType, Query extends z.ZodObject, Answer extends z.ZodType>(
  route: Route<Body, Query, Answer>,
  security: string | undefined,
) {
  const { method, path, summary, answer, body, otherBody, query, bodyIsOptional = false, makes = false } = route;
  const refused = { content: json(refusalAnswer), description: 'Refused, with the reason' };
  const takes = body !== undefined || otherBody !== undefined || query !== undefined;
  const others = Object.entries(otherBody ?? {}).map(([type, schema]) => [type, { schema }] as const);
  return createRoute({
    method,
    path,
    summary,
    ...(security === undefined ? {} : { security: [{ [security]: [] }] }),
    request: {
      ...parametersOf(path),
      ...(body === undefined ? {} : { body: { content: json(body), required: !bodyIsOptional } }),
      ...(others.length === 0 ? {} : { body: { content: Object.fromEntries(others), required: true } }),
      ...(query === undefined ? {} : { query }),
    },
    responses: {
      200: { content: json(answer), description: 'Done' },
      ...(makes ? { 201: { content: json(answer), description: 'Made' } } : {}),
      ...(security === undefined ? {} : { 401: refused }),
      ...(takes ? { 422: refused } : {}),
    },
  });
}
