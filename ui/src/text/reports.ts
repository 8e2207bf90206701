// Reports of syncs: the list, one report, two compared, holds and undo.

import type { Action, Comparison, HeldBy, ObjectKind, RunRow, SincePrevious } from "../api/bindings";
import { number, count, date, duration } from "./format";
import { modeWord } from "./words";

export const reports = {
  title: "Test Mode reports",
  mode: "Mode",
  modes: { any: "Any mode", test: "Test Mode", live: "Live" },
  modeWord,
  total: (total: number) => count(total, "sync", "syncs"),
  columns: {
    sync: "Sync",
    started: "Started",
    trigger: "Trigger",
    status: "Status",
    users: "Users",
    groups: "Groups",
    memberships: "Memberships",
    mode: "Mode",
    result: "Result",
  },
  never: "No syncs yet. A sync makes a report of every change, and in Test Mode makes none of them.",
  neverAction: "Go to Force Sync Now",
  filtered: "No syncs match.",
  counts: (name: string, value: number) => `${number(value)} ${name.toLowerCase()}`,
  noChanges: "no changes",
} as const;

export const report = {
  crumb: (id: number) => `Sync ${number(id)}`,
  loading: (id: number) => `Report ${number(id)}`,
  compared: (objects: number, ms: number) => `${count(objects, "object", "objects")} compared in ${duration(ms)}`,
  undoes: (run: number) => `This is the undo of sync ${number(run)}.`,
  undoneBy: (run: number) => `Sync ${number(run)} has undone this one.`,
  openReport: (run: number) => `Open report ${number(run)}`,
  newer: (changes: number) =>
    `The identity provider has sent ${count(changes, "change", "changes")} since this report.`,
  effect: ({ testMode, applied }: RunRow) =>
    !testMode && applied ? "changes were made to the console" : "nothing was changed",
  since: ({ previous, new: fresh, gone }: SincePrevious) =>
    fresh + gone === 0
      ? `The same changes as in report ${number(previous)}.`
      : `Since report ${number(previous)}: ${number(fresh)} new, ${number(gone)} gone.`,
  turnOff: "Turn off Test Mode…",
  allowOnce: "Review and allow once…",
  allowTitle: "Allow this sync once?",
  allowBody: (run: RunRow) =>
    [
      "The guard rail stays as it is and one sync runs now.",
      `Up to ${count(run.counts.users.archived, "account", "accounts")} may be archived;`,
      "if there are more by then, the sync stops again.",
    ].join(" "),
  allowTest: "Test Mode is on: it makes a report and changes nothing.",
  allowLive: "Test Mode is off: accounts in this console are archived.",
  allowConfirm: (run: RunRow, testMode: boolean) =>
    testMode ? "Run Test Sync" : `Sync and Archive up to ${number(run.counts.users.archived)}`,
  stopped: "The sync was stopped.",
  skipped: "The sync was skipped.",
  failed: "The sync failed.",
  matrix: "What changes",
  object: "Object",
  matrixRows: { groups: "Groups", users: "Users", memberships: "Memberships" },
  people: "What happens to people",
  showAll: "Show all changes",
  tabs: { user: "Users", group: "Groups", membership: "Memberships", held: "On hold", skipped: "Skipped", warning: "Warnings" } satisfies Record<
    ObjectKind,
    string
  >,
  filter: "Filter by name, address or value",
  because: (reason: string) => `Because: ${reason}`,
  was: "was ",
  becomes: "becomes ",
  unchanged: (fields: number) => `${count(fields, "unchanged attribute", "unchanged attributes")} hidden`,
  hold: "Hold",
  holdHint: (name: string) => `Put ${name} on hold: later syncs leave it as it is until you release it`,
  onHold: "On hold",
  release: "Release",
  releaseHint: (name: string) => `Release ${name}: the next sync changes it`,
  heldBy: {
    administrator: "On hold in this sync.",
    protected: "The account is protected, so it was not archived.",
  } satisfies Record<HeldBy, string>,
  openAccount: "Open account",
  undoPerson: "Undo",
  undoPersonHint: (name: string) => `Undo for ${name} alone`,
  isNew: "New since the last report",
  isNewShort: "New",
  unfinished: "The sync is in progress. Its report is shown when it has ended.",
  notKept: "The rows of this report are no longer kept.",
  empty: "Nothing to review: no account, group or membership differs.",
  emptyTab: {
    user: "No account changes.",
    group: "No group changes.",
    membership: "No membership changes.",
    held: "Nothing is on hold.",
    skipped: "Nothing was skipped.",
    warning: "No warnings.",
  } satisfies Record<ObjectKind, string>,
  filtered: "No changes match.",
} as const;

export const holds = {
  open: "On hold…",
  title: "On hold",
  lead: "Syncs leave these as they are until you release them.",
  none: "Nothing is on hold. Put a row of a report on hold and it stands here.",
  since: (when: string, run: number) => `since ${when}, from report ${number(run)}`,
  planned: { create: "to create", change: "to change", archive: "to archive", restore: "to restore" } satisfies Record<Action, string>,
} as const;

export const undo = {
  open: "Undo this sync…",
  title: (run: number) => `Undo sync ${number(run)}?`,
  titlePerson: (run: number, name: string) => `Undo sync ${number(run)} for ${name}?`,
  confirm: "Undo",
  taken: (changes: number) => `${count(changes, "change is", "changes are")} taken back:`,
  matrix: (name: string, { created, changed, archived, restored }: RunRow["counts"]["users"]) =>
    `${name}: ${number(created)} created, ${number(changed)} changed, ${number(archived)} archived or removed, ${number(restored)} restored`,
  nothing: "Nothing can be taken back.",
  left: (left: number) => `${count(left, "change stays as it is", "changes stay as they are")}:`,
  more: (more: number) => `and ${number(more)} more`,
  testMode: "Test Mode is turned on, so that the next sync does not do it again.",
  hold: "What is taken back is put on hold, so that the next sync does not do it again.",
} as const;

export const compare = {
  label: "Compare with",
  none: "Compare with…",
  option: (run: RunRow) => `Report ${number(run.id)} · ${date(run.startedAt)}`,
  title: (from: number, to: number) => `Report ${number(from)} compared with report ${number(to)}`,
  crumb: (from: number, to: number) => `${number(from)} and ${number(to)}`,
  summary: ({ new: fresh, gone, same }: Comparison) =>
    `${number(fresh)} new, ${number(gone)} gone, ${number(same)} the same.`,
  onlyIn: (run: number) => `Only in report ${number(run)}`,
  nothing: "Nothing.",
} as const;

export const whyNot = {
  open: "Why not?…",
  title: "Why has somebody an account, or not?",
  address: "Address or userName",
  example: "adelev@contoso.com",
  ask: "Ask",
  asking: "Everybody is compared…",
  account: "Open the account",
  user: "Open the directory user",
} as const;
