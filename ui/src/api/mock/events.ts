// 1,200 events of the provisioning log, and the search over them.

import { readWord, wordsOf } from "../../lib/query";
import type { EventDetail, EventRow, EventStatus, Step } from "../bindings";
import { groups, type Person, people } from "./people";
import { minutesAgo, random } from "./random";

const dice = random(12);
const REQUESTS = ["PATCH User", "POST User", "GET User", "PATCH Group", "GET User", "PATCH User"] as const;
const SYNC = ["Create account", "Change account", "Archive account", "Restore account"] as const;
const ADMIN = ["Save settings", "Force Sync Now", "Regenerate SCIM token", "Export report"] as const;

function request(id: number, at: string): EventRow {
  const action = dice.pick(REQUESTS);
  const roll = dice.below(100);
  const status: EventStatus = roll < 5 ? "failure" : roll < 9 ? "skipped" : roll < 15 ? "warning" : "success";
  const reasons: Record<EventStatus, string> = {
    success: "",
    failure: "userName is required",
    skipped: "The member is not in the directory yet",
    warning: "active was sent as the string “False”",
  };
  const who = action.endsWith("Group") ? dice.pick(groups).name : dice.pick(people as Person[]).userName;
  return {
    id,
    at,
    kind: "request",
    action,
    identity: status === "failure" ? "" : who,
    status,
    reason: reasons[status],
    ...dice.pick([
      { source: "Entra ID provisioning", client: "Microsoft Entra ID" },
      { source: "Okta SCIM Client 1.0.0", client: "Okta" },
      { source: "my-script/0.3", client: null },
    ]),
    sync: null,
    durationMs: 1 + dice.below(400) / 10,
    httpStatus: status === "failure" ? 400 : 200,
  };
}

function other(id: number, at: string, kind: "sync" | "admin"): EventRow {
  const sync = kind === "sync";
  return {
    id,
    at,
    kind,
    action: dice.pick<string>(sync ? SYNC : ADMIN),
    identity: sync ? dice.pick(people as Person[]).userName : "",
    status: sync ? "skipped" : "success",
    reason: sync ? "Test Mode is on" : "",
    source: sync ? "SCIM Desk" : "Administrator",
    client: null,
    sync: sync ? 41 : null,
    durationMs: dice.below(20) / 10,
    httpStatus: null,
  };
}

/** An event of some kind, as if it had just happened or long ago. */
export function makeEvent(id: number, at: string): EventRow {
  const roll = dice.below(100);
  if (roll < 12) return other(id, at, "sync");
  return roll < 16 ? other(id, at, "admin") : request(id, at);
}

export const events: EventRow[] = Array.from({ length: 1200 }, (_, index) => makeEvent(1200 - index, minutesAgo(index * 7 + 1)));

const UNITS: Record<string, number> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

export function matches(query: string): (event: EventRow) => boolean {
  const tests: ((event: EventRow) => boolean)[] = [];
  const text = (key: "action" | "identity" | "reason" | "source" | "status" | "kind") => {
    const wanted = readWord(query, key).toLowerCase();
    if (wanted) tests.push((event) => event[key].toLowerCase().includes(wanted));
  };
  for (const key of ["action", "identity", "reason", "source", "status", "kind"] as const) text(key);
  const sync = readWord(query, "sync");
  if (sync) tests.push((event) => event.sync === Number(sync));
  const [, amount, unit] = /^(\d+)([mhd])$/.exec(readWord(query, "since")) ?? [];
  if (amount && unit) tests.push((event) => Date.parse(event.at) >= Date.now() - Number(amount) * (UNITS[unit] ?? 0));
  for (const word of wordsOf(query).filter((each) => !each.includes(":"))) {
    const wanted = word.replaceAll('"', "").toLowerCase();
    tests.push((event) => `${event.action} ${event.identity} ${event.reason}`.toLowerCase().includes(wanted));
  }
  return (event) => tests.every((test) => test(event));
}

export function detailOf(row: EventRow): EventDetail {
  const failed = row.status === "failure";
  const step = (name: string, status: EventStatus, detail: string): Step => ({ name, status, detail });
  const body = {
    schemas: ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
    Operations: [{ op: "Replace", path: "title", value: "Senior Analyst" }],
  };
  return {
    row,
    changeId: `5f1d6c1e-0000-4000-8000-${String(row.id).padStart(12, "0")}`,
    clientReason: row.client ? `The User-Agent is "${row.source}".` : "",
    steps: [
      step("Authenticate", "success", "Bearer token …7Q2f accepted"),
      step("Validate", failed ? "failure" : row.status, row.reason || "3 operations understood"),
      step("Match", failed ? "skipped" : "success", failed ? "Not reached" : "Matched on userName"),
      step("Plan", failed ? "skipped" : "success", failed ? "Not reached" : "2 attributes differ"),
      step("Apply", "skipped", failed ? "Not reached" : "Skipped: Test Mode is on"),
    ],
    changes:
      failed || row.kind === "admin" ? [] : [{ label: "Job title", path: "title", before: "Analyst", after: "Senior Analyst" }],
    exchange:
      row.kind === "request"
        ? {
            method: row.action.split(" ")[0] ?? "GET",
            path: "/scim/v2/3f1c9a/Users/2819c223-7f76-453a-919d-413861904646",
            headers: [
              { name: "Authorization", value: "Bearer ••••" },
              { name: "Content-Type", value: "application/scim+json" },
              { name: "User-Agent", value: row.source },
            ],
            requestBody: row.action.startsWith("GET") ? null : JSON.stringify(body, null, 2),
            status: row.httpStatus ?? 200,
            responseBody: failed
              ? JSON.stringify({ status: "400", scimType: "invalidValue", detail: "userName is required" }, null, 2)
              : null,
            truncatedBytes: 0,
          }
        : null,
    notes:
      row.status === "warning"
        ? [
            {
              name: "boolean-as-string",
              path: "active",
              rule: "RFC 7643 §2.3.2",
              sentence: "active was sent as the string “False” and read as false.",
              remedy: "add ?aadOptscim062020 to the Tenant URL",
            },
          ]
        : [],
    advice: failed
      ? [
          "In your identity provider, map an attribute to userName for this user and run the provisioning cycle again.",
          "Nothing is to be changed here.",
        ]
      : [],
    target: row.kind === "admin" ? "" : (people.find(({ userName }) => userName === row.identity)?.id ?? ""),
    wrongAt: failed ? "userName" : "",
    rule: failed ? "RFC 7643 §4.1.1" : "",
    place: failed || row.status === "warning" ? "provider" : null,
  };
}
