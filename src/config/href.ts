/** Every link of the site goes through here, so that it works from any folder of any host. */

/**
 * Puts `base` before a root-relative address (`/guide/security/#audit`). Addresses with a scheme
 * or a host, relative ones and bare fragments come back as they are.
 */
export function withBase(base: string, address: string): string {
  if (!address.startsWith('/') || address.startsWith('//')) return address;
  return `${base.replace(/\/+$/, '')}${address}`;
}

/** `withBase` with the base that this build was made for; for components on server and client. */
export function href(address: string): string {
  return withBase(import.meta.env.BASE_URL, address);
}

/** The page of a chapter, or of a heading or lab in it: `chapterHref('security', 'audit')`. */
export function chapterHref(chapter: string, fragment?: string): string {
  return href(`/guide/${chapter}/${fragment ? `#${fragment}` : ''}`);
}

/** The anchor of a SQLSTATE or an exception on the page of errors. */
export function errorAnchor(code: string): string {
  return code.toLowerCase();
}

/** The entry of a SQLSTATE or an exception on the page of errors. */
export function errorHref(code: string): string {
  return href(`/errors/#${errorAnchor(code)}`);
}
