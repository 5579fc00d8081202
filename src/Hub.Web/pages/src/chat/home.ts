/**
 * Where the hub is: what the element says, else where its own file came from.
 * @param named the element's attribute `hub`
 * @param script the address of the widget's file; null where a page of the hub's imports it
 * @param page the address of the page around it
 * @returns without a slash at its end; empty for the page's own host
 */
export function hubOf(named: string | null, script: string | null, page: string): string {
  const given = named !== null && URL.canParse(named) ? new URL(named.endsWith('/') ? named : `${named}/`) : script !== null && URL.canParse(script) ? new URL('.', script) : null;
  if (given === null || given.origin === new URL(page).origin) return '';
  return given.origin + given.pathname.replace(/\/$/, '');
}
