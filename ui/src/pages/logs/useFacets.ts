import { useEffect, useMemo, useRef, useState } from "react";
import type { Facet } from "../../api/bindings";
import { call } from "../../api/client";

/** Events that are counted without being asked; a longer log waits for "Count more". */
const UNASKED = 50_000;

export type Counted = { facets: Facet[]; looked: number; done: boolean; more: () => void };

type State = { query: string; counts: Record<string, Record<string, number>>; looked: number; next: number | null | undefined };

const fresh = (query: string): State => ({ query, counts: {}, looked: 0, next: undefined });

/** Counts what matches, part by part, newest first; `null` counts nothing. */
export function useFacets(query: string | null): Counted {
  const [state, setState] = useState(fresh(query ?? ""));
  const [upTo, setUpTo] = useState(UNASKED);
  const current = state.query === (query ?? "") ? state : fresh(query ?? "");
  const done = current.next === null;
  const counting = useRef(0);

  useEffect(() => {
    if (query === null || done || current.looked >= upTo) return undefined;
    const turn = ++counting.current;
    call("logsFacets", { query, before: current.next ?? null, masked: false })
      .then((part) => {
        if (turn !== counting.current) return;
        setState({ query, counts: added(current.counts, part.facets), looked: current.looked + part.looked, next: part.next });
      })
      // What cannot be counted is shown by the list itself.
      .catch(() => setState({ ...current, next: null }));
    return () => void counting.current++;
  }, [query, current.next, current.looked, upTo, done]); // oxlint-disable-line react-hooks/exhaustive-deps -- a part at a time

  const facets = useMemo(() => sorted(current.counts), [current.counts]);
  return { facets, looked: current.looked, done, more: () => setUpTo(current.looked + 10 * UNASKED) };
}

function added(counts: State["counts"], facets: Facet[]): State["counts"] {
  const sum = { ...counts };
  for (const { key, values } of facets) {
    const of = { ...sum[key] };
    for (const { value, count } of values) of[value] = (of[value] ?? 0) + count;
    sum[key] = of;
  }
  return sum;
}

function sorted(counts: State["counts"]): Facet[] {
  return Object.entries(counts).map(([key, values]) => ({
    key,
    values: Object.entries(values)
      .map(([value, count]) => ({ value, count }))
      .sort((a, b) => b.count - a.count),
  }));
}
