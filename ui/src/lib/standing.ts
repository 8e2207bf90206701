// How things stand, and what is next: read from the console's state, never kept.

import type { RunRow, Sender, Status, TokenStatus, Traffic } from "../api/bindings";
import { path } from "../routes";
import { text } from "../text";
import { isSelf } from "./senders";

export type Tone = "good" | "waiting" | "attention" | "bad";
export type Standing = { tone: Tone; sentence: string };

const { standing, steps } = text.overview;

/** The state of everything in one sentence: what is worst comes first. */
export function standingOf(status: Status, token: TokenStatus): Standing {
  const { server, trouble, enabled, service, testMode, lastSync } = status;
  if (server.state === "stopped") return { tone: "bad", sentence: standing.stopped(server.reason) };
  if (trouble) return { tone: "bad", sentence: standing.trouble };
  if (!enabled) return { tone: "waiting", sentence: standing.off };
  if (service !== "SCIM") return { tone: "waiting", sentence: standing.adi };
  if (token.state !== "active") return { tone: "waiting", sentence: standing.noToken };
  if (token.lastUsedAt === null) return { tone: "waiting", sentence: standing.waiting };
  if (lastSync && lastSync.status !== "completed") return { tone: "attention", sentence: standing.lastSync(lastSync) };
  return { tone: "good", sentence: testMode ? standing.testMode : standing.live };
}

export type Step = { id: keyof typeof steps; done: boolean; to: string };

/** A report that was made in Test Mode and left nothing out. */
const isClean = (run: RunRow) => run.testMode && run.status === "completed" && run.counts.skipped === 0;

/** The steps from nothing to syncs that change the console, and which of them are done. */
export function nextSteps(status: Status, token: TokenStatus, syncs: RunRow[]): Step[] {
  const live = !status.testMode || syncs.some(({ applied, undoes }) => applied && undoes === null);
  return [
    { id: "enable", done: status.enabled && status.service === "SCIM", to: path.provisioning },
    { id: "token", done: token.state === "active", to: path.provisioning },
    { id: "connect", done: token.state === "active" && token.lastUsedAt !== null, to: path.connection },
    { id: "report", done: live || syncs.some(isClean), to: path.reports },
    { id: "live", done: !status.testMode, to: path.turnOffTestMode },
  ];
}

export type Matter = { id: string; tone: "warning" | "danger"; sentence: string; to: string };

const DAYS = 86_400_000;

/** Requests with a token that is not in force, of those who were refused for it within a day. */
export function strangersOf(senders: Sender[], now: number): number {
  const refused = senders.filter(
    ({ lastFailure }) => lastFailure?.httpStatus === 401 && now - Date.parse(lastFailure.at) < DAYS,
  );
  return refused.reduce((sum, sender) => sum + (isSelf(sender) ? 0 : sender.unauthorized), 0);
}

/** What somebody should look at, the gravest first. */
export function mattersOf(status: Status, token: TokenStatus, traffic: Traffic | undefined, strangers: number, now: number): Matter[] {
  const { overview } = text;
  const matters: Matter[] = [];
  const { server, lastSync } = status;
  if (server.state === "stopped")
    matters.push({ id: "server", tone: "danger", sentence: text.statusBar.stopped(server.reason), to: path.connection });
  if (lastSync && lastSync.status !== "completed")
    matters.push({ id: "sync", tone: "danger", sentence: overview.ended(lastSync), to: path.report(lastSync.id) });
  if (strangers > 0) matters.push({ id: "strangers", tone: "danger", sentence: overview.strangers(strangers), to: path.connection });
  const failures = traffic?.total.failed ?? 0;
  if (failures > 0)
    matters.push({ id: "failed", tone: "warning", sentence: overview.failed(failures), to: path.logsOf("kind:request status:failure since:24h") });
  if (lastSync && lastSync.counts.skipped > 0)
    matters.push({ id: "skipped", tone: "warning", sentence: overview.skipped(lastSync), to: `${path.report(lastSync.id)}?tab=skipped` });
  if (token.state === "active" && token.lastUsedAt && now - Date.parse(token.lastUsedAt) > 3 * DAYS)
    matters.push({ id: "idle", tone: "warning", sentence: overview.idle(token.lastUsedAt, now), to: path.connection });
  return matters;
}
