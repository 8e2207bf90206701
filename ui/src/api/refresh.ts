// Asking again without piling up: a slow answer is waited for, not asked for twice, and a long list
// that changes all the time is read again now and then.

import type { Query, QueryClient } from "@tanstack/react-query";

/** Between two readings of a list, which reads every page that is loaded. */
export const LIST_EVERY = 5000;

type How = {
  /** Read page by page, so asked again at most every `LIST_EVERY`. */
  isList: (query: Query) => boolean;
};

/** Queries that will be asked again already. */
const waiting = new WeakSet<Query>();

/** Asks again for each query: at once, or after the answer it waits for, or when its list may be read again. */
export function askAgain(client: QueryClient, queries: Query[], { isList }: How): void {
  for (const query of queries) if (!waiting.has(query)) ask(client, query, isList);
}

function ask(client: QueryClient, query: Query, isList: How["isList"]): void {
  const { fetchStatus, dataUpdatedAt } = query.state;
  const later = (ready: Promise<unknown>) => {
    const again = () => {
      waiting.delete(query);
      ask(client, query, isList);
    };
    waiting.add(query);
    ready.then(again, again);
  };

  // The answer under way may have been read before the change.
  if (fetchStatus === "fetching") return later(query.promise ?? Promise.resolve());
  const rest = isList(query) && query.isActive() ? dataUpdatedAt + LIST_EVERY - Date.now() : 0;
  if (rest > 0) return later(new Promise((done) => setTimeout(done, rest)));
  void client.invalidateQueries({ queryKey: query.queryKey, exact: true }, { cancelRefetch: false });
}
