// The practice identity provider: what is asked, what acts, and how far a cycle is.

import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Commands, PracticeProgress } from "./bindings";
import { call, type CommandError, hear } from "./client";

type Request<C extends keyof Commands> = Commands[C]["request"];
type Response<C extends keyof Commands> = Commands[C]["response"];

const PAGE = 200;

export const usePractice = () =>
  useQuery<Response<"practiceGet">, CommandError>({ queryKey: ["practice", "state"], queryFn: () => call("practiceGet") });

type Listing = "practicePeople" | "practiceLog";

/** A list of the practice provider, page by page. */
export function usePracticeList<C extends Listing>(command: C, search: string) {
  type Call = (command: C, request: Request<C>) => Promise<Response<C>>;
  const pages = useInfiniteQuery<Response<C>, CommandError, { pages: Response<C>[] }, readonly unknown[], number>({
    queryKey: ["practice", command, search],
    queryFn: ({ pageParam }) => (call as Call)(command, { search, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: (last, _, offset) => (offset + last.rows.length < last.total && last.rows.length > 0 ? offset + last.rows.length : null),
  });
  return {
    ...pages,
    first: pages.data?.pages[0],
    total: pages.data?.pages[0]?.total ?? 0,
    rows: (pages.data?.pages ?? []).flatMap((page) => page.rows as Response<C>["rows"][number][]),
    more: () => {
      if (pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage();
    },
  };
}

type Acting = "practiceConnect" | "practiceConfigure" | "practiceCycle" | "practiceEdit" | "practiceStop";

/** Something that changes it: all of it is asked for again. */
export function usePracticeAct<C extends Acting>(command: C) {
  type Call = (command: C, request: Request<C>) => Promise<Response<C>>;
  const client = useQueryClient();
  return useMutation<Response<C>, CommandError, Request<C>>({
    mutationFn: (request) => (call as Call)(command, request),
    onSettled: () => void client.invalidateQueries({ queryKey: ["practice"] }),
  });
}

/** How far a cycle is, as the shell tells it. */
export function usePracticeProgress(): PracticeProgress | null {
  const [progress, setProgress] = useState<PracticeProgress | null>(null);
  useEffect(() => hear("practice", setProgress), []);
  return progress;
}
