// The address is the state: `#/logs?query=status%3Afailure&event=12`.
//
// wouter's own hash hook keeps the query in front of the `#`; a link that people can read and
// send keeps it behind, so this is ours. It is also where unsaved changes stop a page change.

import { useCallback, useSyncExternalStore } from "react";

type Guard = (to: string) => void;

let current = read();
let guard: Guard | null = null;
const listeners = new Set<() => void>();

function read(): string {
  return window.location.hash.replace(/^#?\/?/, "/");
}

const pathOf = (address: string) => address.split("?")[0] ?? "/";
const searchOf = (address: string) => address.split("?")[1] ?? "";

window.addEventListener("hashchange", () => {
  const wanted = read();
  if (guard && pathOf(wanted) !== pathOf(current)) {
    window.history.replaceState(null, "", `#${current}`);
    guard(wanted);
    return;
  }
  settle(wanted);
});

function settle(address: string): void {
  current = address;
  for (const each of listeners) each();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Goes to an address such as `/reports/41`. */
export function navigate(to: string, { replace = false }: { replace?: boolean } = {}): void {
  if (!replace) {
    window.location.hash = to;
    return;
  }
  try {
    window.history.replaceState(null, "", `#${to}`);
  } catch {
    // WebKit refuses more than a hundred of these in half a minute; the page is right all the same.
  }
  settle(to);
}

/** While set, leaving the page asks `ask` instead; `null` lets people go. */
export function guardLeaving(ask: Guard | null): void {
  guard = ask;
}

/** The path, for wouter's `Router`. */
export function useHashPath(): [string, typeof navigate] {
  return [useSyncExternalStore(subscribe, () => pathOf(current)), navigate];
}
useHashPath.hrefs = (href: string) => `#${href}`;

/** The query, for wouter's `Router`. */
export function useHashSearch(): string {
  return useSyncExternalStore(subscribe, () => searchOf(current));
}

/** A number as it stands in an address, or null when it is none. */
export function wholeNumber(written: string): number | null {
  return /^[1-9]\d{0,14}$/.test(written) ? Number(written) : null;
}

/** One value of the query: read it, or write it (`""` and `null` take it out). */
export function useParam(name: string): [string, (value: string | number | null) => void] {
  const search = useHashSearch();
  const set = useCallback(
    (value: string | number | null) => {
      const params = new URLSearchParams(searchOf(current));
      if (value === null || value === "") params.delete(name);
      else params.set(name, String(value));
      navigate(pathOf(current) + (params.size > 0 ? `?${params}` : ""), { replace: true });
    },
    [name],
  );
  return [new URLSearchParams(search).get(name) ?? "", set];
}
