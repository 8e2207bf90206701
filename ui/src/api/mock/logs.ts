// What the mock shell says about the log beside its events.

import type { Activities, Commands, EventRow, Facet, Replay, Timeline } from "../bindings";
import { detailOf, matches } from "./events";
import { people } from "./people";

/** Events of a part that is counted at once: the window has to ask more than once. */
const PART = 500;

export const masked = (text: string) =>
  text.replace(/[\w.+-]+@[\w.-]+/g, (address) => {
    const hash = [...address].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffffff, 7);
    return `user-${hash.toString(16).padStart(12, "0")}@masked.invalid`;
  });

export const maskedRow = (row: EventRow): EventRow => ({ ...row, identity: masked(row.identity) });

type Handled = "logsFacets" | "logsActivity" | "personTimeline" | "logsVerify" | "logsRetention" | "logsReplay";
type Handlers = { [C in Handled]: (request: Commands[C]["request"]) => Commands[C]["response"] };

/** Those of the log that `events` are in. */
export function logHandlers(events: EventRow[]): Handlers {
  return {
    logsFacets: ({ query, before }) => {
      const part = events.filter(({ id }) => before === null || id < before).slice(0, PART);
      const found = part.filter(matches(query));
      const last = part.at(-1)?.id ?? null;
      return {
        facets: (["status", "kind", "action", "client"] as const).map((key) => counted(key, found)),
        looked: part.length,
        found: found.length,
        next: part.length < PART || last === events.at(-1)?.id ? null : last,
      };
    },
    logsActivity: ({ query, before, masked: isMasked }) => activity(events.filter(matches(query)), before, isMasked),
    personTimeline: ({ person, before, masked: isMasked }) => timeline(events, person, before, isMasked),
    logsVerify: ({ head }) => ({
      whole: true,
      events: events.length,
      through: 0,
      unchained: 0,
      head: head || `${events.length + 40}:${"9f3a51c7d2e8".repeat(5)}9f3a`,
      findings: [],
      more: 0,
    }),
    logsRetention: ({ logDays, logEvents }) => {
      const oldest = Date.now() - logDays * 86_400_000;
      const left = events.filter(({ at }, index) => Date.parse(at) >= oldest && index < logEvents);
      return {
        stored: events.length,
        oldest: events.at(-1)?.at ?? null,
        removes: events.length - left.length,
        oldestLeft: left.at(-1)?.at ?? null,
      };
    },
    logsReplay: ({ event, body }) => replayed(events, event, body),
  };
}

function counted(key: "status" | "kind" | "action" | "client", rows: EventRow[]): Facet {
  const counts = new Map<string, number>();
  for (const row of rows) {
    const value = row[key];
    if (value) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return { key, values: [...counts].map(([value, count]) => ({ value, count })) };
}

function activity(events: EventRow[], before: number | null, isMasked: boolean): Activities {
  const part = events.filter(({ id }) => before === null || id < before).slice(0, 300);
  const list = part
    .filter((_, index) => index % 10 === 0)
    .map(({ id, at, kind, sync, client, source, identity, status }) => ({
      id,
      from: at,
      to: at,
      sentence:
        kind === "request"
          ? `${client ?? source} disabled 3 people, renamed 1, changed the members of 2 groups.`
          : kind === "sync"
            ? `Sync ${sync}: Plan: 3 to create, 1 to change, 2 to archive. Test Mode is on: nothing was changed.`
            : `An administrator saved settings (Test Mode).`,
      query: kind === "request" ? `is:request client:"${client ?? source}"` : kind === "sync" ? `sync:${sync}` : "is:admin",
      failed: status === "failure",
      identity,
    }))
    .map(({ identity, ...one }) => (isMasked ? { ...one, sentence: one.sentence.replaceAll(identity, masked(identity)) } : one));
  return { list, next: part.length < 300 ? null : (part.at(-1)?.id ?? null) };
}

function timeline(events: EventRow[], person: string, before: number | null, isMasked: boolean): Timeline {
  const known = people.find(({ id, userName }) => id === person || userName === person);
  const identity = known?.userName ?? person;
  const rows = events
    .filter((row) => row.identity === identity && row.kind !== "admin" && (before === null || row.id < before))
    .slice(0, 50)
    .map((event) => ({
      event: isMasked ? maskedRow(event) : event,
      onlyPlanned: event.kind === "sync",
      changes: detailOf(event).changes,
    }));
  const name = known?.name ?? person;
  return { name: isMasked ? masked(name) : name, user: known?.id ?? null, account: null, rows, next: null, reached: null };
}

function replayed(events: EventRow[], event: number | null, body: string | null): Replay {
  const rows = event === null ? events.filter(({ kind }) => kind === "request").slice(0, 4) : events.filter(({ id }) => id === event);
  return {
    requests: rows.map((row) => {
      const logged = detailOf(row);
      const fixed = body !== null && logged.exchange !== null;
      const exchange =
        fixed && logged.exchange
          ? { ...logged.exchange, requestBody: body, status: 200, responseBody: "{}" }
          : logged.exchange;
      return { logged, now: { ...logged, exchange }, remark: "" };
    }),
    planBefore: "Plan: 3 to create, 1 to change, 2 to archive.",
    planAfter: body === null ? "Plan: 3 to create, 1 to change, 2 to archive." : "Plan: 3 to create, 2 to change, 2 to archive.",
    differences: body === null ? [] : ["Change Mara Okafor: Job title Analyst → Senior Analyst"],
  };
}

