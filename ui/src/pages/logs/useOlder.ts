import { useEffect, useState } from "react";
import type { LogsPage } from "../../api/bindings";

/** How many pages in a row without a match are followed before the reader is asked. */
const PATIENCE = 10;

type Pages = {
  data: { pages: LogsPage[] } | undefined;
  isPlaceholderData: boolean;
  hasNextPage: boolean;
  isFetching: boolean;
  isError: boolean;
  fetchNextPage: () => unknown;
};

export type Older = {
  /** Whether older pages are being searched, or wait for the reader; null when there is nothing to say. */
  search: "searching" | "resting" | "failed" | null;
  stop: () => void;
  goOn: () => void;
  /** The end of the list is in view. */
  more: () => void;
};

/** A page may hold no match and still have older ones behind it: they are searched page by page, and not for ever. */
export function useOlder(pages: Pages, query: string): Older {
  const { hasNextPage, isFetching, isError, isPlaceholderData, fetchNextPage } = pages;
  const [asked, setAsked] = useState({ query, upTo: PATIENCE });
  const upTo = asked.query === query ? asked.upTo : PATIENCE;
  const empty = isPlaceholderData ? 0 : emptyAtEnd(pages.data?.pages ?? []);
  const pending = hasNextPage && empty > 0;
  const failed = hasNextPage && isError;
  const searching = pending && empty < upTo && !failed;

  useEffect(() => {
    if (searching && !isFetching) void fetchNextPage();
  }, [searching, isFetching, fetchNextPage]);

  return {
    search: failed ? "failed" : searching ? "searching" : pending ? "resting" : null,
    stop: () => setAsked({ query, upTo: empty }),
    goOn: () => {
      setAsked({ query, upTo: empty + PATIENCE });
      if (failed) void fetchNextPage();
    },
    more: () => {
      if (!hasNextPage || pending || isFetching || isError) return;
      if (upTo !== PATIENCE) setAsked({ query, upTo: PATIENCE });
      void fetchNextPage();
    },
  };
}

function emptyAtEnd(pages: LogsPage[]): number {
  const last = pages.findLastIndex(({ rows }) => rows.length > 0);
  return pages.length - 1 - last;
}
