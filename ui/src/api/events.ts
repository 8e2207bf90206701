// What the shell sends without being asked, turned into what the pages show.

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import type { Status, Topic } from "./bindings";
import { hear } from "./client";
import { invalidateStatus, invalidateTopics, keys } from "./queries";

/** Keeps the query cache in step with the shell; used once, by the shell of the window. */
export function useHostEvents(): void {
  const client = useQueryClient();

  useEffect(
    () =>
      hear("progress", (progress) => {
        client.setQueryData<Status>(keys.status, (status) => status && { ...status, running: progress });
        const last = progress.total > 0 && progress.done >= progress.total;
        if (last) invalidateStatus(client);
      }),
    [client],
  );

  useEffect(() => hear("changed", (changed) => invalidateTopics(client, changed)), [client]);
}

/** Calls `handle` whenever `topic` has changed. */
export function useTopic(topic: Topic, handle: () => void): void {
  useEffect(
    () =>
      hear("changed", (changed) => {
        if (changed.includes(topic)) handle();
      }),
    [topic, handle],
  );
}
