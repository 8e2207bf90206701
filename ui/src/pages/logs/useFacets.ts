import { useEffect, useMemo, useState } from "react";
import type { Facet, Facets as Part } from "../../api/bindings";
import { call } from "../../api/client";

/** Events that are counted without being asked; a longer log waits for "Count more". */
const UNASKED = 50_000;

export type Counted = { facets: Facet[]; looked: number; done: boolean; more: () => void };

type State = { query: string; counts: Record<string, Record<string, number>>; looked: number; next: number | null | undefined };

const fresh = (query: string): State => ({ query, counts: {}, looked: 0, next: undefined });

/** Counts what matches, part by part, newest first: one part for the completion alone; `null` counts nothing. */
export function useFacets(query: string | null, shown: boolean): Counted {
  const asked = query ?? "";
  const [state, setState] = useState(fresh(asked));
  const [more, setMore] = useState(UNASKED);
  const upTo = shown ? more : 1;
  const current = state.query === asked ? state : fresh(asked);
  const done = current.next === null;
  const waits = query === null || done || current.looked >= upTo;
  const { next, looked } = current;

  useEffect(() => {
    if (waits) return undefined;
    let over = false;
    const add = (part: Part) => over || setState((before) => added(before.query === asked ? before : fresh(asked), part));
    call("logsFacets", { query: asked, before: next ?? null, masked: false })
      .then(add)
      // What cannot be counted is told by the list itself.
      .catch(() => add({ facets: [], looked: 0, found: 0, next: null }));
    return () => {
      over = true;
    };
  }, [asked, next, waits]);

  // What was counted before stays until the first part is there, so that nothing jumps.
  const { counts } = looked === 0 && !done ? state : current;
  const facets = useMemo(() => sorted(counts), [counts]);
  return { facets, looked, done, more: () => setMore(looked + 10 * UNASKED) };
}

function added(before: State, { facets, looked, next }: Part): State {
  const counts = { ...before.counts };
  for (const { key, values } of facets) {
    const of = { ...counts[key] };
    for (const { value, count } of values) of[value] = (of[value] ?? 0) + count;
    counts[key] = of;
  }
  return { query: before.query, counts, looked: before.looked + looked, next };
}

function sorted(counts: State["counts"]): Facet[] {
  return Object.entries(counts).map(([key, values]) => ({
    key,
    values: Object.entries(values)
      .map(([value, count]) => ({ value, count }))
      .toSorted((a, b) => b.count - a.count),
  }));
}
