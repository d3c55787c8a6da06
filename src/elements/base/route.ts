/**
 * What the address of the page says to a card: the route in its fragment, such as `#/verify?redirect_url=…`, and the parameters that
 * the API sends people back with (dossier part 2, §2.8, §3.5, §8).
 */
export interface Route {
  /** The first part of the path in the fragment: `verify`, `sso-callback`; empty where there is none. */
  readonly name: string;
  /** A parameter, of the fragment's own query before that of the page. */
  parameter(name: string): string | null;
}

export function routeOf({ hash, searchParams }: URL): Route {
  const [path = '', query] = hash.slice(1).split('?');
  const own = new URLSearchParams(query);
  return {
    name: path.split('/')[1] ?? '',
    parameter: (name) => own.get(name) ?? searchParams.get(name),
  };
}

/** The address without its route, and without these parameters. */
export function withoutRoute(url: URL, parameters: readonly string[]): string {
  const rest = new URL(url);
  const own = new URLSearchParams(rest.hash.split('?')[1]);
  for (const name of parameters) {
    own.delete(name);
    // Only what is there: the rest of the query keeps its spelling.
    if (rest.searchParams.has(name)) rest.searchParams.delete(name);
  }
  rest.hash = own.size ? `/?${own}` : '';
  return rest.href;
}
