/** Addresses of web servers, as far as a rule asks about them. */

/** Whether a URL's host is this machine itself, so that nobody on the way can read what is sent. */
export const isLoopbackHost = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host);
