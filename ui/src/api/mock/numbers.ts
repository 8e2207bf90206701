// Counted numbers, as the engine would count them.

import type { EventRow, Sender, Traffic, TrafficRequest } from "../bindings";

const isRequest = ({ kind }: EventRow) => kind === "request";

export function trafficOf(events: EventRow[], { hours, intervals }: TrafficRequest): Traffic {
  const now = Date.now();
  const start = now - hours * 3_600_000;
  const length = (hours * 3_600_000) / intervals;
  const within = events.filter((event) => isRequest(event) && Date.parse(event.at) >= start);
  const count = (from: number, some: EventRow[]) => {
    const times = some.map(({ durationMs }) => durationMs).toSorted((a, b) => a - b);
    const at = (part: number) => times[Math.max(0, Math.ceil(times.length * part) - 1)] ?? null;
    const of = (...statuses: EventRow["status"][]) => some.filter(({ status }) => statuses.includes(status)).length;
    return {
      from: new Date(from).toISOString(),
      succeeded: of("success", "warning"),
      skipped: of("skipped"),
      failed: of("failure"),
      p50Ms: at(0.5),
      p95Ms: at(0.95),
    };
  };
  return {
    intervals: Array.from({ length: intervals }, (_, place) => {
      const from = start + place * length;
      return count(
        from,
        within.filter(({ at }) => Date.parse(at) >= from && Date.parse(at) < from + length),
      );
    }),
    total: count(start, within),
    complete: true,
  };
}

export function sendersOf(events: EventRow[]): Sender[] {
  const today = new Date().toISOString().slice(0, 10);
  const groups = new Map<string, EventRow[]>();
  for (const event of events.filter(isRequest)) {
    const who = event.client ?? event.source;
    groups.set(who, [...(groups.get(who) ?? []), event]);
  }
  return [...groups.values()].map((some) => {
    const newest = some[0] as EventRow;
    const failed = some.filter(({ status }) => status === "failure");
    const wrote = (what: string) => some.filter(({ action, status }) => action.endsWith(what) && !action.startsWith("GET") && status !== "failure").length;
    const stranger = newest.client === null;
    const failure = failed[0];
    return {
      name: newest.client,
      recognisedBy: newest.client ? `The User-Agent is "${newest.source}".` : "",
      source: newest.source,
      last: newest.at,
      requests: some.length,
      today: some.filter(({ at }) => at.startsWith(today)).length,
      failures: failed.length,
      unauthorized: stranger ? failed.length : 0,
      lastFailure: failure
        ? {
            event: failure.id,
            at: failure.at,
            reason: stranger
              ? "The token scimdesk_••••Kp3d was replaced on 2026-08-12T09:14:00Z. Give the identity provider the regenerated one."
              : failure.reason,
            httpStatus: stranger ? 401 : 400,
          }
        : null,
      asked: some.filter(({ action }) => action.startsWith("GET")).length,
      wroteUsers: wrote("User"),
      wroteGroups: wrote("Group"),
    };
  });
}
