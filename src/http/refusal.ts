/** An answer that is not what was asked for: thrown from anywhere below a request, and put into HTTP at one place. */
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Problem } from '../account/messages.ts';

export type Refusal = {
  readonly detail: string | readonly Problem[];
  readonly headers?: Readonly<Record<string, string>>;
};

/** The refusal with an HTTP status, to be thrown. */
export const refusal = (
  status: ContentfulStatusCode,
  detail: Refusal['detail'],
  headers: Refusal['headers'] = {},
): HTTPException => new HTTPException(status, { message: 'refused', cause: { detail, headers } satisfies Refusal });

/** What was thrown by `refusal`; undefined for anything else. */
export function refusalOf(error: unknown): (Refusal & { readonly status: ContentfulStatusCode }) | undefined {
  if (!(error instanceof HTTPException)) return undefined;
  const cause = error.cause as Refusal | undefined;
  return {
    detail: cause?.detail ?? error.message,
    headers: cause?.headers ?? {},
    status: error.status as ContentfulStatusCode,
  };
}

/** One thing wrong with a field. */
export const fieldRefusal = (loc: Problem['loc'], msg: string, type = 'value_error'): HTTPException =>
  refusal(422, [{ loc, msg, type }]);

/** `scheme` says in a header how a client is to show who it is. */
export const unauthorised = (detail: string, scheme = 'Bearer'): HTTPException =>
  refusal(401, detail, { 'WWW-Authenticate': scheme });
