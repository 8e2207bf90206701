// The overview: how things stand, what is next, and the charts.

import type { Interval, Population, Progress, RunRow, Traffic } from "../api/bindings";
import { ago, count, date, duration, number, timeOfDay } from "./format";
import { runStatusWord } from "./words";

export const overview = {
  standing: {
    stopped: (reason: string) => `Identity providers cannot reach this console. ${reason}`,
    off: "User Provisioning is off: what an identity provider sends is refused.",
    adi: "ADI is the selected service, so SCIM data does not come in.",
    noToken: "No identity provider can sign in, because there is no SCIM token.",
    waiting: "Ready, and waiting for the first request of your identity provider.",
    trouble: "Nothing can be stored at the moment.",
    lastSync: (run: RunRow) => `The last sync was ${runStatusWord[run.status].toLowerCase()}. ${run.reason ?? ""}`,
    testMode: "Connected. Test Mode is on: syncs make reports and change nothing.",
    live: "Connected. Syncs change the accounts of this console.",
  },
  words: { good: "Connected", waiting: "Waiting", attention: "Needs attention", bad: "Not connected", testMode: "Test Mode", live: "Live" },

  running: (run: number) => `Sync ${number(run)} in progress`,
  phases: ["Reading the directory", "Comparing", "Applying", "Writing the report"] as const,
  done: ({ done, total }: Progress) => (total > 0 ? `${number(done)} of ${count(total, "object", "objects")}` : ""),
  left: (seconds: number) => (seconds < 2 ? "nearly done" : `about ${number(Math.ceil(seconds))} s left`),

  next: "Next steps",
  nextLead: (done: number, all: number) => `${number(done)} of ${number(all)} done`,
  doneWord: "Done",
  toDoWord: "To do",
  steps: {
    enable: ["Turn on User Provisioning with SCIM", "Until then, requests are refused."],
    token: ["Generate a SCIM token", "Your identity provider signs in with it."],
    connect: ["Connect your identity provider", "The guides on the Connection page have the values to paste."],
    report: ["Read a Test Mode report without skipped objects", "It shows what will happen, before anything does."],
    live: ["Turn off Test Mode", "From then on, syncs change accounts."],
  } satisfies Record<string, [title: string, why: string]>,

  attention: "Needs attention",
  nothing: "Nothing needs your attention.",
  skipped: (run: RunRow) => `${count(run.counts.skipped, "object was", "objects were")} skipped in sync ${number(run.id)}`,
  ended: (run: RunRow) => `Sync ${number(run.id)} was ${runStatusWord[run.status].toLowerCase()}`,
  idle: (used: string, now: number) => `The token was last used ${ago(used, now)}`,
  failed: (failures: number) => `${count(failures, "request was", "requests were")} refused in the last 24 hours`,
  strangers: (requests: number) => `${count(requests, "request", "requests")} carried a token that is not in force`,

  tiles: {
    users: "Users in directory",
    groups: "Groups in directory",
    accounts: "Console accounts",
    lastSync: "Last sync",
    archived: ({ archived }: Population) => `${number(archived)} archived`,
    managed: ({ consoleManaged, archived }: Population) => `${number(consoleManaged)} console-managed · ${number(archived)} archived`,
    neverSynced: "No sync yet",
    outcome: (run: RunRow) => `${runStatusWord[run.status]} in ${duration(run.durationMs)}`,
    open: "Open the list",
  },
} as const;

const sumOf = ({ created, changed, archived, restored }: RunRow["counts"]["users"]) => created + changed + archived + restored;

export const charts = {
  asTable: "Show as table",
  asPicture: "Show as chart",
  none: "There is nothing to draw yet.",
  changes: {
    title: "Account changes per sync",
    summary: (runs: RunRow[]) => {
      const changes = runs.reduce((sum, run) => sum + sumOf(run.counts.users), 0);
      const live = runs.filter(({ applied }) => applied).length;
      return runs.length === 0
        ? "No sync has run yet."
        : `${count(changes, "change", "changes")} in ${count(runs.length, "sync", "syncs")}; ${number(live)} of them changed the console. A dashed edge is Test Mode.`;
    },
    hint: (run: RunRow) => `Sync ${number(run.id)}, ${date(run.startedAt)}: ${run.summary}`,
    columns: ["Sync", "Started", "Created", "Changed", "Archived", "Restored", "Mode"],
  },
  requests: {
    title: "Requests, last 24 hours",
    series: { succeeded: "Worked", skipped: "Skipped", failed: "Refused" },
    summary: ({ total, complete }: Traffic) => {
      const all = total.succeeded + total.skipped + total.failed;
      if (all === 0) return "No requests in the last 24 hours.";
      const rest = complete ? "" : " The log has more requests than are counted here, so the oldest are missing.";
      return `${count(all, "request", "requests")}: ${number(total.succeeded)} worked, ${number(total.skipped)} skipped, ${number(total.failed)} refused.${rest}`;
    },
    hint: ({ from, succeeded, skipped, failed }: Interval) =>
      `From ${timeOfDay(from)}: ${number(succeeded)} worked, ${number(skipped)} skipped, ${number(failed)} refused`,
    columns: ["From", "Worked", "Skipped", "Refused"],
  },
  latency: {
    title: "Time to answer, last 24 hours (ms)",
    series: { p50: "Half of the requests", p95: "95 of 100 requests" },
    summary: ({ total: { p50Ms, p95Ms } }: Traffic) =>
      p50Ms === null || p95Ms === null
        ? "No requests in the last 24 hours."
        : `Half of the requests were answered within ${duration(p50Ms)}, 95 of 100 within ${duration(p95Ms)}.`,
    hint: ({ from, p50Ms, p95Ms }: Interval) =>
      p50Ms === null || p95Ms === null ? `From ${timeOfDay(from)}: no requests` : `From ${timeOfDay(from)}: ${duration(p50Ms)} and ${duration(p95Ms)}`,
    columns: ["From", "Half within", "95 of 100 within"],
    none: "–",
  },
  timeline: {
    title: "Syncs over time",
    summary: (runs: RunRow[]) => {
      const of = (status: RunRow["status"]) => runs.filter((run) => run.status === status).length;
      return runs.length === 0
        ? "No sync has run yet."
        : `${count(runs.length, "sync", "syncs")} since ${date(runs.at(-1)?.startedAt ?? "")}: ${number(of("completed"))} completed, ${number(of("skipped"))} skipped, ${number(of("stopped"))} stopped, ${number(of("failed"))} failed.`;
    },
    hint: (run: RunRow) => `Sync ${number(run.id)}, ${date(run.startedAt)}: ${runStatusWord[run.status]} in ${duration(run.durationMs)}`,
    columns: ["Sync", "Started", "Trigger", "Status", "Duration"],
  },
} as const;
