import { expect, test } from "vitest";
import type { RunRow, Sender, Status, TokenStatus, Traffic } from "../api/bindings";
import { mattersOf, nextSteps, standingOf, strangersOf } from "./standing";

const NOW = Date.parse("2026-11-24T12:00:00Z");
const none = { created: 0, changed: 0, archived: 0, restored: 0 };

const run = (part: Partial<RunRow> = {}): RunRow => ({
  id: 7,
  startedAt: "2026-11-24T11:00:00Z",
  finishedAt: "2026-11-24T11:00:01Z",
  trigger: "Force Sync Now",
  service: "SCIM",
  status: "completed",
  reason: null,
  testMode: true,
  applied: false,
  counts: { users: none, groups: none, memberships: none, held: 0, skipped: 0, warnings: 0 },
  consequences: null,
  undoes: null,
  undoneBy: null,
  canUndo: false,
  canCompare: true,
  compared: 3,
  durationMs: 12,
  summary: "No changes.",
  ...part,
});

const status = (part: Partial<Status> = {}): Status => ({
  version: "0.1.0",
  dataDir: "data",
  server: { state: "listening", address: "127.0.0.1:8443" },
  tenantUrl: "http://127.0.0.1:8443/scim/v2/3f1c9a/",
  enabled: true,
  service: "SCIM",
  testMode: true,
  running: null,
  lastSync: null,
  trouble: null,
  ...part,
});

const token = (lastUsedAt: string | null): TokenStatus => ({
  state: "active",
  display: "scimdesk_••••7Q2f",
  createdAt: "2026-11-01T00:00:00Z",
  lastUsedAt,
  usesToday: 0,
});
const used = token("2026-11-24T11:59:00Z");

test.each<[string, Partial<Status>, TokenStatus, string]>([
  ["bad", { server: { state: "stopped", reason: "Port 8443 is in use." }, enabled: false }, used, "Port 8443 is in use"],
  ["bad", { trouble: "The disk is full." }, used, "Nothing can be stored"],
  ["waiting", { enabled: false }, { state: "none" }, "User Provisioning is off"],
  ["waiting", { service: "ADI" }, used, "ADI is the selected service"],
  ["waiting", {}, { state: "none" }, "no SCIM token"],
  ["waiting", {}, token(null), "waiting for the first request"],
  ["attention", { lastSync: run({ status: "stopped", reason: "61 accounts would be archived." }) }, used, "61 accounts"],
  ["good", { lastSync: run() }, used, "Test Mode is on"],
  ["good", { lastSync: run(), testMode: false }, used, "change the accounts"],
])("the state is %s: %o", (tone, part, held, words) => {
  const standing = standingOf(status(part), held);
  expect(standing.tone).toBe(tone);
  expect(standing.sentence).toContain(words);
});

test("the next steps are done one after the other", () => {
  const done = (...given: Parameters<typeof nextSteps>) => nextSteps(...given).map((step) => step.done);
  expect(done(status({ enabled: false }), { state: "none" }, [])).toEqual([false, false, false, false, false]);
  expect(done(status(), token(null), [])).toEqual([true, true, false, false, false]);
  const skipped = run();
  skipped.counts = { ...skipped.counts, skipped: 2 };
  expect(done(status(), used, [skipped])).toEqual([true, true, true, false, false]);
  expect(done(status(), used, [run()])).toEqual([true, true, true, true, false]);
  expect(done(status({ testMode: false }), used, [])).toEqual([true, true, true, true, true]);
});

const traffic = (failed: number): Traffic => {
  const total = { from: "", succeeded: 9, skipped: 0, failed, p50Ms: 1, p95Ms: 2 };
  return { intervals: [], total, complete: true };
};

test("what needs attention comes gravest first, and nothing when all is well", () => {
  expect(mattersOf(status({ lastSync: run() }), used, traffic(0), 0, NOW)).toEqual([]);
  const stopped = run({ status: "stopped" });
  stopped.counts = { ...stopped.counts, skipped: 1 };
  const matters = mattersOf(status({ lastSync: stopped }), token("2026-11-20T00:00:00Z"), traffic(3), 2, NOW);
  expect(matters.map(({ id }) => id)).toEqual(["sync", "strangers", "failed", "skipped", "idle"]);
});

test("a wrong token is news for a day, and this app's own test is none", () => {
  const sender = (name: string | null, at: string, httpStatus = 401) =>
    ({ name, unauthorized: 2, lastFailure: { event: 1, at, reason: "", httpStatus } }) as Sender;
  const today = "2026-11-24T09:00:00Z";
  const senders = [
    sender(null, today),
    sender("Okta", "2026-11-22T09:00:00Z"),
    sender("Okta", today, 400),
    sender("SCIM Desk", today),
  ];
  expect(strangersOf(senders, NOW)).toBe(2);
});
