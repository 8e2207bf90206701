// A host for working on the pages without the shell, and for tests: `npm run dev:mock`.

import type { Commands, Progress, RunRow, Settings, Status, TokenStatus, Topic } from "./bindings";
import { type CommandName, type Host, type HostEvents, snakeCase, toCommandError } from "./client";
import { detailOf, events as initialEvents, makeEvent, matches } from "./mock/events";
import { accounts as initialAccounts, attributesOf, groups, jsonOf, people, userColumns, withValues } from "./mock/people";
import { nextReport, reports as initialReports, type StoredReport } from "./mock/reports";
import { minutesAgo } from "./mock/random";

type Handlers = {
  [C in CommandName]: (request: Commands[C]["request"]) => Commands[C]["response"] | Promise<Commands[C]["response"]>;
};

export type MockOptions = {
  /** Nothing was ever set up: no token, no data, provisioning off. */
  fresh?: boolean;
  /** Milliseconds a step of a sync takes. */
  pace?: number;
  /** New log events come in by themselves. */
  live?: boolean;
};

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const page = <T>(rows: T[], { offset, limit }: { offset: number; limit: number }) => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
});
const refuse = (message: string, field: string | null = null) => {
  throw { ...toCommandError(null), code: "invalid", message, field };
};
const found = <T>(thing: T | undefined): T => thing ?? refuse("There is no such object.");
const holds = (search: string, ...texts: (string | null)[]) =>
  texts.some((each) => each?.toLowerCase().includes(search.toLowerCase()));

export function createMock({ fresh = false, pace = 60, live = true }: MockOptions = {}): Host {
  const listeners: { [E in keyof HostEvents]: Set<(payload: HostEvents[E]) => void> } = {
    progress: new Set(),
    changed: new Set(),
  };
  const tell = <E extends keyof HostEvents>(event: E, payload: HostEvents[E]) => {
    for (const each of listeners[event]) each(payload);
  };
  const changed = (...topics: Topic[]) => setTimeout(() => tell("changed", topics));

  let settings: Settings = {
    enabled: !fresh,
    service: fresh ? "ADI" : "SCIM",
    testMode: true,
    listen: "127.0.0.1:8443",
    guardRailAccounts: 50,
    guardRailPercent: 20,
    quietSeconds: 10,
    strict: false,
    patchAnswer: "byType",
    rateLimit: null,
    durability: "powerLoss",
    logDays: 30,
    logEvents: 100_000,
  };
  let token: TokenStatus = fresh
    ? { state: "none" }
    : { state: "active", display: "scimdesk_••••7Q2f", createdAt: minutesAgo(14_000), lastUsedAt: minutesAgo(2), usesToday: 214 };
  let running: Progress | null = null;
  let cancelled = false;
  const reports: StoredReport[] = fresh ? [] : [...initialReports];
  const events = fresh ? [] : [...initialEvents];
  const accounts = fresh ? [] : structuredClone(initialAccounts);
  const users = fresh ? [] : people;
  const directoryGroups = fresh ? [] : groups;

  const status = (): Status => ({
    version: "0.1.0",
    dataDir: "~/.local/share/scim-desk",
    server: { state: "listening", address: settings.listen },
    tenantUrl: "http://127.0.0.1:8443/scim/v2/3f1c9a/",
    enabled: settings.enabled,
    service: settings.service,
    testMode: settings.testMode,
    running,
    lastSync: reports[0]?.run ?? null,
  });

  const log = (action: string) => {
    const event = makeEvent((events[0]?.id ?? 0) + 1, new Date().toISOString());
    events.unshift({
      ...event,
      kind: "admin",
      action,
      identity: "",
      status: "success",
      reason: "",
      source: "Administrator",
      sync: null,
      httpStatus: null,
    });
    changed("logs");
  };

  const issue = (action: string) => {
    token = {
      state: "active",
      display: "scimdesk_••••Xk41",
      createdAt: new Date().toISOString(),
      lastUsedAt: null,
      usesToday: 0,
    };
    log(action);
    changed("token");
    return { token: "scimdesk_9fQ2tLw7ZsB4nXcV1mKe8RyHdU6oJ3aPgT5iNx0EkXk41" };
  };

  const sync = async (allowArchives: number | null): Promise<RunRow> => {
    if (running) refuse("A sync is running already.");
    cancelled = false;
    const report = nextReport(settings);
    for (const phase of ["Reading the directory", "Comparing", "Writing the report"]) {
      // oxlint-disable-next-line no-unmodified-loop-condition -- syncCancel modifies it meanwhile
      for (let done = 0; done <= 268 && !cancelled; done += 24) {
        running = { run: report.run.id, phase, done: Math.min(done, 268), total: 268 };
        tell("progress", running);
        await wait(pace);
      }
    }
    running = null;
    const run: RunRow = cancelled
      ? { ...report.run, status: "stopped", reason: "An administrator cancelled the sync.", applied: false }
      : report.run;
    reports.unshift({ ...report, run });
    log(allowArchives !== null ? "Allow once" : "Force Sync Now");
    changed("runs", "accounts");
    return run;
  };

  const handlers: Handlers = {
    statusGet: status,
    settingsGet: () => settings,
    settingsSave: (next) => {
      if (!/^[\w.[\]:]+:\d+$/.test(next.listen))
        refuse("The listen address needs a host and a port, such as 127.0.0.1:8443.", "listen");
      const fromAdi = settings.service === "ADI" && next.service === "SCIM";
      settings = { ...next, testMode: next.testMode || fromAdi };
      log("Save settings");
      changed("settings");
      return settings;
    },
    tokenStatus: () => token,
    tokenGenerate: () => issue("Generate SCIM token"),
    tokenRegenerate: () => issue("Regenerate SCIM token"),
    tokenRevoke: () => {
      token = { state: "revoked", display: "display" in token ? token.display : "", revokedAt: new Date().toISOString() };
      log("Revoke SCIM token");
      changed("token");
      return token;
    },
    syncStart: ({ allowArchives }) => sync(allowArchives),
    syncCancel: () => {
      cancelled = true;
      return null;
    },
    reportsList: (request) =>
      page(
        reports.map(({ run }) => run).filter(({ testMode }) => request.testMode === null || testMode === request.testMode),
        request,
      ),
    reportGet: ({ id }) => {
      const at = reports.findIndex(({ run }) => run.id === id);
      const { run } = found(reports[at]);
      const previous = reports[at + 1]?.run.id;
      return {
        run,
        sincePrevious: previous === undefined || run.status === "skipped" ? null : { previous, new: 2, gone: 1 },
        canAllowOnce: run.status === "stopped" && run.counts.users.archived > 50,
      };
    },
    reportRows: (request) => {
      const { rows } = found(reports.find(({ run }) => run.id === request.id));
      const wanted = rows
        .filter(({ object }) => object === request.object)
        .filter(({ action }) => request.action === null || action === request.action)
        .filter(({ name, detail, fields }) =>
          holds(request.search, name, detail, ...fields.flatMap((each) => [each.label, each.before, each.after])),
        );
      return page(wanted, request);
    },
    reportExport: ({ id, format }) => ({
      files: [`report-${id}.${format === "text" ? "txt" : format}`],
      count: 23,
    }),
    userColumns: () => ({ columns: userColumns }),
    usersList: (request) => ({
      ...page(
        users.map((each) => withValues(each, request.columns)).filter(
          (each) =>
            (request.active === null || each.active === request.active) && holds(request.search, each.name, each.userName),
        ),
        request,
      ),
      all: users.length,
    }),
    userGet: ({ id }) => {
      const row = found(users.find((each) => each.id === id));
      return { row, attributes: attributesOf(row), groups: row.groupRefs, json: jsonOf(row) };
    },
    groupsList: (request) => ({
      ...page(
        directoryGroups.filter((each) => holds(request.search, each.name, each.externalId)),
        request,
      ),
      all: directoryGroups.length,
    }),
    groupGet: ({ id }) => {
      const row = found(directoryGroups.find((each) => each.id === id));
      return {
        row,
        members: row.memberRefs.slice(0, 200),
        json: JSON.stringify({ id, displayName: row.name, externalId: row.externalId }, null, 2),
      };
    },
    accountsList: (request) => {
      const rows = accounts
        .filter(
          ({ row }) =>
            (request.state === null || row.state === request.state) &&
            (request.managedBy === null || row.managedBy === request.managedBy),
        )
        .filter(({ row, fields }) => holds(request.search, row.name, row.email, ...fields.map(({ value }) => value)))
        .map(({ row }) => row);
      return { ...page(rows, request), all: accounts.length };
    },
    accountGet: ({ id }) => found(accounts.find(({ row }) => row.id === id)),
    accountExempt: ({ id, exempt }) => {
      const account = found(accounts.find(({ row }) => row.id === id));
      account.row = { ...account.row, exempt };
      return structuredClone(account);
    },
    accountsImport: () => ({ path: "accounts.csv", created: 12, changed: 3, unchanged: 215 }),
    logsQuery: ({ query, before, limit }) => {
      const rows = events.filter(matches(query)).filter(({ id }) => before === null || id < before);
      return {
        stored: events.length,
        rows: rows.slice(0, limit),
        next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
      };
    },
    logEvent: ({ id }) => detailOf(found(events.find((each) => each.id === id))),
    logsExport: ({ query, format }) => ({
      files:
        format === "csv"
          ? ["events", "steps", "changes"].map((each) => `log-${each}.csv`)
          : [`log.${format}`],
      count: events.filter(matches(query)).length,
    }),
  };
  const named = new Map(
    Object.entries(handlers).map(([name, handler]) => [snakeCase(name), handler as (request: unknown) => unknown]),
  );

  if (live && !fresh) {
    setInterval(() => {
      events.unshift(makeEvent((events[0]?.id ?? 0) + 1, new Date().toISOString()));
      changed("logs");
    }, 5000);
  }

  return {
    invoke: async (command, { request }) => {
      await wait(0);
      // Crosses a border in the real app: nobody shares an object with the other side.
      return structuredClone(await named.get(command)?.(request));
    },
    listen: async (event, handle) => {
      listeners[event].add(handle);
      return () => void listeners[event].delete(handle);
    },
  };
}
