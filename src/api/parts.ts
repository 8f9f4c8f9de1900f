/** What the local API is made of: an App and what a server needs around it. */
import type { App } from '../app.ts';
import type { Endpoints as EndpointsOf } from '../http/endpoint.ts';
import type { Log } from '../http/log.ts';

export type Parts = {
  readonly app: App;
  /** The portfolio that is meant where a request names none; undefined is the one in use. */
  readonly portfolio: string | undefined;
  readonly isKey: (given: string) => boolean;
  /** The address that is listened on. */
  readonly host: string;
  readonly log: Log;
  readonly newId: () => string;
  /** Milliseconds since some moment. */
  readonly elapsed: () => number;
  readonly version: string;
};

export type Endpoints = EndpointsOf<unknown>;
