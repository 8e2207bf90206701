import { type InfiniteData, keepPreviousData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useCallback, useMemo, useState } from "react";
import type { EventRow, LogsPage } from "../../api/bindings";
import { call, type CommandError } from "../../api/client";
import { useTopic } from "../../api/events";
import { keys, PAGE } from "../../api/queries";
import { useOlder } from "./useOlder";

type Pages = InfiniteData<LogsPage, number | null>;

const newest = (query: string, masked: boolean) => call("logsQuery", { query, before: null, limit: PAGE, masked });

/**
 * The log, newest first. Older pages are read at the end of the list; new events wait in
 * `fresh` until `show` puts them on top, so that nothing moves under the reader.
 */
export function useLogs(query: string, live: boolean, masked: boolean) {
  const client = useQueryClient();
  const [fresh, setFresh] = useState<EventRow[]>([]);
  const pages = useInfiniteQuery<LogsPage, CommandError, Pages, readonly unknown[], number | null>({
    queryKey: keys.logs(query, masked),
    queryFn: ({ pageParam }) => call("logsQuery", { query, before: pageParam, limit: PAGE, masked }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
  const older = useOlder(pages, query);
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const top = rows[0]?.id ?? 0;

  const show = useCallback(
    (events: EventRow[], stored?: number) => {
      client.setQueryData<Pages>(keys.logs(query, masked), (before) => before && onTop(before, events, stored));
      setFresh([]);
    },
    [client, query, masked],
  );

  const loaded = pages.data !== undefined && !pages.isPlaceholderData;
  const look = useCallback(async () => {
    if (!loaded) return;
    const page = await newest(query, masked);
    const events = page.rows.filter(({ id }) => id > top);
    // More came than one page holds: start afresh rather than leave a gap.
    if (events.length === PAGE) await client.resetQueries({ queryKey: keys.logs(query, masked) });
    else if (live) show(events, page.stored);
    else setFresh(events);
  }, [client, query, masked, top, live, loaded, show]);

  useTopic(
    "logs",
    useCallback(() => void look().catch(() => undefined), [look]),
  );

  const looked = pages.data?.pages.reduce((sum, page) => sum + page.looked, 0) ?? 0;
  const reached = pages.data?.pages.at(-1)?.reached ?? null;
  const waiting = fresh.filter(({ id }) => id > top);
  return { ...pages, older, rows, looked, reached, stored: pages.data?.pages[0]?.stored ?? 0, fresh: waiting, showFresh: () => show(waiting) };
}

function onTop({ pages: [first, ...older], pageParams }: Pages, events: EventRow[], stored?: number): Pages {
  if (!first) return { pages: [], pageParams };
  const known = new Set(first.rows.map(({ id }) => id));
  const added = events.filter(({ id }) => !known.has(id));
  return {
    pages: [{ ...first, stored: stored ?? first.stored + added.length, rows: [...added, ...first.rows] }, ...older],
    pageParams,
  };
}
