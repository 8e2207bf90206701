// Past syncs: a first long one, daily ones, one that the guard rail stopped, one skipped.

import type { Action, ActionCounts, Consequences, FieldChange, ReportRow, RunRow, RunStatus, Settings, Target } from "../bindings";
import { groups, type Person, people } from "./people";
import { minutesAgo, random } from "./random";

export type StoredReport = { run: RunRow; rows: ReportRow[] };

const none = (): ActionCounts => ({ created: 0, changed: 0, archived: 0, restored: 0 });
const word: Record<Action, keyof ActionCounts> = {
  create: "created",
  change: "changed",
  archive: "archived",
  restore: "restored",
};
const person = (index: number) => people[index % people.length] as Person;

type Draft = Omit<ReportRow, "index" | "target" | "onHold" | "heldBy"> & Partial<Pick<ReportRow, "heldBy">>;

/** What a row is about; ids are names here. */
function targetOf({ object, action, name, detail }: Draft): Target | null {
  if (action === null) return null;
  if (object === "group") return { object, group: name, account: null };
  if (object === "membership") return { object, group: detail, account: name };
  return { object: "user", group: null, account: detail };
}

function consequencesOf(rows: Draft[]): Consequences {
  const of = (object: ReportRow["object"], ...actions: Action[]) =>
    rows.filter((row) => row.object === object && row.action && actions.includes(row.action)).length;
  const feeds = (label: string) =>
    rows.filter((row) => row.object === "user" && row.action !== "create" && row.fields.some((each) => each.label === label)).length;
  return {
    losesAccess: of("user", "archive"),
    getsAccess: of("user", "create", "restore"),
    changesAddress: feeds("E-mail address"),
    changesManager: feeds("Manager e-mail"),
    joinsGroup: of("membership", "create"),
    leavesGroup: of("membership", "archive"),
  };
}

const field = (label: string, path: string, before: string | null, after: string | null): FieldChange => ({
  label,
  path,
  before,
  after,
});

function created(who: Person): Draft {
  const fields = [
    field("First name", "name.givenName", null, who.given),
    field("Last name", "name.familyName", null, who.family),
    field("Job title", "title", null, who.title),
    field("Department", "enterprise:department", null, who.department),
  ];
  return {
    object: "user",
    action: "create",
    name: who.name,
    detail: who.userName,
    reason: "No account has this address.",
    fields,
    unchanged: 0,
    isNew: true,
  };
}

function changed(who: Person, isNew: boolean): Draft {
  const fields = [
    field("Job title", "title", "Analyst", "Senior Analyst"),
    field("Department", "enterprise:department", "Finance", "Treasury"),
    field("Custom field 1", "kmsat:customField1", null, "EMEA"),
  ];
  return { object: "user", action: "change", name: who.name, detail: who.userName, reason: "", fields, unchanged: 14, isNew };
}

function archived(who: Person, absent: boolean): Draft {
  return {
    object: "user",
    action: "archive",
    name: who.name,
    detail: who.userName,
    reason: absent ? "Not present in the identity provider." : "The identity provider set active to false.",
    fields: absent ? [] : [field("State", "active", "true", "false")],
    unchanged: absent ? 0 : 16,
    isNew: false,
  };
}

function restored(who: Person): Draft {
  return {
    object: "user",
    action: "restore",
    name: who.name,
    detail: who.userName,
    reason: "Active in the identity provider again.",
    fields: [field("State", "active", "false", "true")],
    unchanged: 15,
    isNew: false,
  };
}

function group(action: Action, name: string): Draft {
  const fields = action === "change" ? [field("Name", "displayName", name.toLowerCase(), name)] : [];
  return {
    object: "group",
    action,
    name,
    detail: "",
    reason: action === "archive" ? "Not present in the identity provider." : "",
    fields,
    unchanged: 1,
    isNew: action === "create",
  };
}

function membership(action: Action, who: Person, name: string): Draft {
  return { object: "membership", action, name: who.name, detail: name, reason: "", fields: [], unchanged: 0, isNew: false };
}

/** The everyday plan: 3 to create, 1 to change, 2 to archive, 1 to restore. */
const everyday: Draft[] = [
  ...[1, 2, 4].map((index) => created(person(index))),
  changed(person(60), true),
  archived(person(80), true),
  archived(person(81), false),
  restored(person(90)),
  group("create", "Treasury"),
  group("archive", "Lisbon Office"),
  ...Array.from({ length: 9 }, (_, index) => membership("create", person(index + 20), "Treasury")),
  ...Array.from({ length: 5 }, (_, index) => membership("archive", person(index + 40), "Lisbon Office")),
  { ...archived(person(95), true), object: "held", heldBy: "protected" },
  { ...changed(person(96), false), object: "held", heldBy: "administrator" },
  {
    object: "skipped",
    action: null,
    name: "svc-scanner",
    detail: "",
    reason: "userName “svc-scanner” is no e-mail address, and accounts are found by their address.",
    fields: [],
    unchanged: 0,
    isNew: false,
  },
  {
    object: "warning",
    action: null,
    name: person(60).name,
    detail: person(60).userName,
    reason: "The manager is not in this sync, so the field stays empty.",
    fields: [],
    unchanged: 0,
    isNew: false,
  },
];

const initial: Draft[] = [
  ...people.slice(0, 236).map((who) => created(who)),
  ...groups.map(({ name }) => group("create", name)),
  ...people.flatMap((who) => who.groupRefs.map(({ name }) => membership("create", who, name))),
];

const massArchive: Draft[] = Array.from({ length: 61 }, (_, index) => archived(person(index * 4), true));

function count(rows: Draft[], object: ReportRow["object"]): ActionCounts {
  const counts = none();
  for (const row of rows) if (row.object === object && row.action) counts[word[row.action]] += 1;
  return counts;
}

function summary({ created: c, changed: d, archived: a, restored: r }: ActionCounts): string {
  if (c + d + a + r === 0) return "No changes. The console already matches your identity provider.";
  return `Plan: ${c} to create, ${d} to change, ${a} to archive, ${r} to restore.`;
}

type Sync = {
  id: number;
  minutes: number;
  rows: Draft[];
  status?: RunStatus;
  reason?: string;
  testMode?: boolean;
  trigger?: string;
};

function stored({
  id,
  minutes,
  rows,
  status = "completed",
  reason,
  testMode = true,
  trigger = "Identity provider went quiet",
}: Sync): StoredReport {
  const counts = {
    users: count(rows, "user"),
    groups: count(rows, "group"),
    memberships: count(rows, "membership"),
    held: rows.filter(({ object }) => object === "held").length,
    skipped: rows.filter(({ object }) => object === "skipped").length,
    warnings: rows.filter(({ object }) => object === "warning").length,
  };
  const run: RunRow = {
    id,
    startedAt: minutesAgo(minutes),
    finishedAt: minutesAgo(minutes),
    trigger,
    service: "SCIM",
    status,
    reason: reason ?? null,
    testMode,
    applied: !testMode && status === "completed",
    counts,
    consequences: status === "skipped" ? null : consequencesOf(rows),
    undoes: null,
    undoneBy: null,
    canUndo: !testMode && status === "completed",
    canCompare: status === "completed" || status === "stopped",
    compared: status === "skipped" ? 0 : 268,
    durationMs: 41 + (id % 7) * 9,
    summary: status === "skipped" ? "Skipped" : summary(counts.users),
  };
  return {
    run,
    rows: rows.map((row, index) => ({
      ...row,
      index,
      target: targetOf(row),
      heldBy: row.heldBy ?? null,
      onHold: row.heldBy === "administrator",
    })),
  };
}

const dice = random(7);

export const reports: StoredReport[] = [
  stored({ id: 41, minutes: 2, rows: everyday }),
  stored({ id: 40, minutes: 43, rows: [], status: "skipped", reason: "SCIM data arrived while ADI is the selected service." }),
  stored({
    id: 39,
    minutes: 95,
    rows: massArchive,
    status: "stopped",
    testMode: false,
    reason: "61 accounts would be archived; the guard rail allows 50.",
    trigger: "Force Sync Now",
  }),
  stored({ id: 38, minutes: 180, rows: [] }),
  ...Array.from({ length: 36 }, (_, index) =>
    stored({
      id: 37 - index,
      minutes: 240 + index * 700,
      rows: everyday.slice(0, dice.below(everyday.length)),
      testMode: index % 5 !== 3,
      ...(index === 9 ? { status: "failed" as const, reason: "The report could not be written: the disk is full." } : {}),
      trigger: dice.pick(["Identity provider went quiet", "Force Sync Now", "Settings were saved"]),
    }),
  ),
  stored({ id: 1, minutes: 30_000, rows: initial, trigger: "Force Sync Now" }),
];

/** A new sync: the everyday plan again. */
export function nextReport(settings: Settings): StoredReport {
  const id = Math.max(...reports.map(({ run }) => run.id)) + 1;
  const report = stored({ id, minutes: 0, rows: everyday, testMode: settings.testMode, trigger: "Force Sync Now" });
  const now = new Date().toISOString();
  return { ...report, run: { ...report.run, startedAt: now, finishedAt: now, service: settings.service } };
}
