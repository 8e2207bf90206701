import { useMutation, useQuery } from "@tanstack/react-query";
import { call, type CommandError } from "../../api/client";

/** How far the walk through the log has come that is under way; asked only while `busy`. */
export function useWalked(busy: boolean) {
  return useQuery({
    queryKey: ["walkProgress"],
    queryFn: () => call("walkProgress"),
    enabled: busy,
    refetchInterval: busy ? 250 : false,
    gcTime: 0,
  }).data;
}

/** A command that walks through the log. Its answer is null when it was broken off, or no file was picked. */
export function useWalk<Request, Response>(walk: (request: Request) => Promise<Response | null>) {
  return useMutation<Response | null, CommandError, Request>({ mutationFn: walk, gcTime: 0 });
}

export const cancelWalk = () => void call("walkCancel").catch(() => undefined);
