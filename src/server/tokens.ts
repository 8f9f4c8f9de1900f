/**
 * Access and refresh tokens: JWTs under HMAC-SHA-256 and no other algorithm, whatever their header says. The header's
 * `typ` keeps one kind from being taken for the other. What they name is checked against the store each time.
 */
import { compactVerify, errors, SignJWT } from 'jose';
import type { Instant } from '../domain/date.ts';

export type TokenKind = 'access' | 'refresh';
const types: Readonly<Record<TokenKind, string>> = { access: 'at+jwt', refresh: 'rt+jwt' };
const algorithm = 'HS256';
const issuer = 'asxos';

/** What a token says. */
export type Claims = {
  readonly userId: number;
  readonly sessionId: string;
  /** The session version of the account when it was signed. */
  readonly version: number;
  /** Names this one token. */
  readonly id: string;
};

/** Tokens whose signature was found good; a client sends the same one again and again. Whether it still holds is asked each time. */
const remembered = 2048;

export type Tokens = Awaited<ReturnType<typeof openTokens>>;

export async function openTokens(secret: string, now: () => Instant) {
  const bytes = new TextEncoder().encode(secret);
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign', 'verify']);
  const good = new Map<string, Record<string, unknown>>();
  const payloadOf = async (kind: TokenKind, token: string): Promise<Record<string, unknown> | undefined> => {
    const { payload, protectedHeader } = await compactVerify(token, key, { algorithms: [algorithm] });
    if (protectedHeader.typ !== types[kind]) return undefined;
    return JSON.parse(new TextDecoder().decode(payload));
  };
  return {
    sign: (kind: TokenKind, claims: Claims, expiresAt: Instant): Promise<string> =>
      new SignJWT({ sid: claims.sessionId, sv: claims.version })
        .setProtectedHeader({ alg: algorithm, typ: types[kind] })
        .setIssuer(issuer)
        .setSubject(String(claims.userId))
        .setJti(claims.id)
        .setIssuedAt(Math.floor(now() / 1000))
        .setExpirationTime(Math.floor(expiresAt / 1000))
        .sign(key),
    /** What a good token says; else why it is none. */
    read: async (kind: TokenKind, token: string): Promise<Claims | 'invalid' | 'expired'> => {
      try {
        const known = `${kind} ${token}`;
        const claims = good.get(known) ?? (await payloadOf(kind, token));
        if (claims === undefined) return 'invalid';
        if (good.size >= remembered) good.clear();
        good.set(known, claims);
        return readClaims(claims, now());
      } catch (error) {
        if (error instanceof errors.JOSEError || error instanceof SyntaxError) return 'invalid';
        throw error;
      }
    },
  };
}

/** The signature was good, so these are claims that this server, or one of another version, has written. */
function readClaims(claims: Record<string, unknown>, now: Instant): Claims | 'invalid' | 'expired' {
  const { iss, sub, sid, sv, jti, exp } = claims;
  const userId = typeof sub === 'string' && /^\d{1,15}$/.test(sub) ? Number(sub) : undefined;
  const isWhole =
    iss === issuer &&
    typeof sid === 'string' &&
    typeof jti === 'string' &&
    Number.isInteger(sv) &&
    Number.isInteger(exp);
  if (!isWhole || userId === undefined) return 'invalid';
  if (Number(exp) * 1000 <= now) return 'expired';
  return { userId, sessionId: sid, version: Number(sv), id: jti };
}
