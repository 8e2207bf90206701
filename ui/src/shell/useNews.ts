// What the window notices by itself and lists: a sync has ended.

import { useEffect, useRef } from "react";
import type { RunRow, RunStatus } from "../api/bindings";
import { useStatus } from "../api/queries";
import { type Intent, notify } from "../lib/notices";
import { path } from "../routes";
import { text } from "../text";

const intents: Record<RunStatus, Intent> = {
  pending: "info",
  processing: "info",
  completed: "success",
  skipped: "warning",
  stopped: "warning",
  failed: "error",
};

/** Lists every sync that ends while the window is open. */
export function useNews(): void {
  const { data: status } = useStatus();
  const known = useRef<number | null>(null);
  useEffect(() => {
    if (!status) return;
    const { lastSync } = status;
    // What had ended before the window opened is no news.
    const isNews = known.current !== null && lastSync !== null && lastSync.id > known.current;
    known.current = Math.max(known.current ?? 0, lastSync?.id ?? 0);
    if (isNews) tell(lastSync);
  }, [status]);
}

function tell(run: RunRow): void {
  notify({
    intent: intents[run.status],
    title: text.notices.syncEnded(run),
    body: run.reason ?? run.summary,
    link: { title: text.notices.openReport, to: path.report(run.id) },
  });
}
