// A host for working on the pages without the shell, and for tests: `npm run dev:mock`.

import type {
  Commands,
  Consequence,
  ExemptRow,
  HoldRow,
  Progress,
  ReportRow,
  RunRow,
  Settings,
  Sort,
  Status,
  Target,
  TokenStatus,
  Topic,
} from "./bindings";
import { type CommandName, type Host, type HostEvents, snakeCase, toCommandError } from "./client";
import { about, errors, preferencesState, testOf } from "./mock/application";
import { detailOf, events as initialEvents, makeEvent, matches } from "./mock/events";
import { logHandlers, maskedRow } from "./mock/logs";
import { accounts as initialAccounts, attributesOf, groups, jsonOf, people, userColumns, withValues } from "./mock/people";
import { sendersOf, trafficOf } from "./mock/numbers";
import { createPractice } from "./mock/practice";
import { nextReport, reports as initialReports, type StoredReport } from "./mock/reports";
import { minutesAgo } from "./mock/random";

type Handlers = {
  [C in CommandName]: (request: Commands[C]["request"]) => Commands[C]["response"] | Promise<Commands[C]["response"]>;
};

export type MockOptions = {
  /** Nothing was ever set up: no token, no data, provisioning off; `npm run dev:mock` takes it from `?fresh` in the address. */
  fresh?: boolean;
  /** Milliseconds a step of a sync takes. */
  pace?: number;
  /** New log events come in by themselves. */
  live?: boolean;
  /** Changes that the identity provider has sent since the newest report. */
  newer?: number;
  /** Nothing can be stored, for this reason; `npm run dev:mock` takes it from `?trouble=…` in the address. */
  trouble?: string | null;
};

const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));
const page = <T>(rows: T[], { offset, limit }: { offset: number; limit: number }) => ({
  total: rows.length,
  rows: rows.slice(offset, offset + limit),
});
/** By a column's value, as the engine would. */
function inOrder<T>(rows: T[], sort: Sort | null): T[] {
  if (!sort) return rows;
  const key = (row: T) => String((row as Record<string, unknown>)[sort.column] ?? "").toLowerCase();
  const up = rows.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  return sort.descending ? up.toReversed() : up;
}
const refuse = (message: string, field: string | null = null) => {
  throw { ...toCommandError(null), code: "invalid", message, field };
};
const found = <T>(thing: T | undefined): T => thing ?? refuse("There is no such object.");
const holds = (search: string, ...texts: (string | null)[]) =>
  texts.some((each) => each?.toLowerCase().includes(search.toLowerCase()));

/** Whether a row does this to somebody. */
function does({ object, action, fields }: ReportRow, consequence: Consequence): boolean {
  const feeds = (label: string) => object === "user" && action !== "create" && fields.some((each) => each.label === label);
  switch (consequence) {
    case "losesAccess":
      return object === "user" && action === "archive";
    case "getsAccess":
      return object === "user" && (action === "create" || action === "restore");
    case "changesAddress":
      return feeds("E-mail address");
    case "changesManager":
      return feeds("Manager e-mail");
    case "joinsGroup":
      return object === "membership" && action === "create";
    case "leavesGroup":
      return object === "membership" && action === "archive";
  }
}

const inAddress = (name: string) => new URLSearchParams(location.search).get(name);

export function createMock({
  fresh = inAddress("fresh") !== null,
  pace = 60,
  live = true,
  newer = 0,
  trouble = inAddress("trouble"),
}: MockOptions = {}): Host {
  const listeners: { [E in keyof HostEvents]: Set<(payload: HostEvents[E]) => void> } = {
    progress: new Set(),
    changed: new Set(),
    open: new Set(),
    closing: new Set(),
    practice: new Set(),
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
    captureBodies: true,
    alertSyncs: true,
    alertSilence: true,
    alertRejections: true,
  };
  let token: TokenStatus = fresh
    ? { state: "none" }
    : { state: "active", display: "scimdesk_••••7Q2f", createdAt: minutesAgo(14_000), lastUsedAt: minutesAgo(2), usesToday: 214 };
  let listening = true;
  let preferences = preferencesState;
  let running: Progress | null = null;
  let cancelled = false;
  const reports: StoredReport[] = fresh ? [] : structuredClone(initialReports);
  const events = fresh ? [] : [...initialEvents];
  const accounts = fresh ? [] : structuredClone(initialAccounts);
  const users = fresh ? [] : people;
  const directoryGroups = fresh ? [] : groups;

  let held: HoldRow[] = [];
  let listedAddresses: ExemptRow[] = fresh ? [] : [{ address: "breakglass@contoso.example", since: minutesAgo(9000) }];
  const same = (a: Target | null, b: Target | null) => JSON.stringify(a) === JSON.stringify(b);
  const mark = (target: Target | null, onHold: boolean) => {
    for (const { rows } of reports) for (const row of rows) if (same(row.target, target)) row.onHold = onHold;
  };

  const status = (): Status => ({
    version: "0.1.0",
    dataDir: "~/.local/share/scim-desk",
    server: listening
      ? { state: "listening", address: settings.listen }
      : { state: "stopped", reason: "An administrator stopped the SCIM server. Start it on the Connection page." },
    tenantUrl: "http://127.0.0.1:8443/scim/v2/3f1c9a/",
    enabled: settings.enabled,
    service: settings.service,
    testMode: settings.testMode,
    running,
    lastSync: reports[0]?.run ?? null,
    trouble,
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
        (request.oldestFirst ? reports.toReversed() : reports)
          .map(({ run }) => run)
          .filter(({ testMode }) => request.testMode === null || testMode === request.testMode),
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
        changesSince: at === 0 ? newer : 12,
      };
    },
    reportRows: (request) => {
      const { rows } = found(reports.find(({ run }) => run.id === request.id));
      const wanted = rows
        .filter((row) =>
          request.consequence
            ? does(row, request.consequence)
            : row.object === request.object && (request.action === null || row.action === request.action),
        )
        .filter(({ name, detail, fields }) =>
          holds(request.search, name, detail, ...fields.flatMap((each) => [each.label, each.before, each.after])),
        );
      return page(wanted, request);
    },
    reportExport: ({ id, format }) => ({
      files: [`report-${id}.${format === "text" ? "txt" : format}`],
      count: 23,
    }),
    reportHold: ({ id, index }) => {
      const row = found(reports.find(({ run }) => run.id === id)?.rows[index]);
      mark(row.target, true);
      const { name, detail, action, target } = row;
      if (target && action) held.push({ target, action, name, detail, since: new Date().toISOString(), run: id });
      changed("accounts");
      return null;
    },
    holdRelease: (target) => {
      mark(target, false);
      held = held.filter((hold) => !same(hold.target, target));
      changed("accounts");
      return null;
    },
    holdsList: () => ({ rows: held }),
    undoPlan: ({ id, account }) => {
      const { run } = found(reports.find((each) => each.run.id === id));
      const one = { ...run.counts.users, created: 0, changed: 1, archived: 0, restored: 0 };
      const none = { created: 0, changed: 0, archived: 0, restored: 0 };
      return account
        ? { counts: { ...run.counts, users: one, groups: none, memberships: none, skipped: 0 }, left: [] }
        : {
            counts: { ...run.counts, skipped: 1 },
            left: ["Mara Okafor: Job title was changed again by sync 40, after sync 33; undo that one first"],
          };
    },
    syncUndo: ({ id, account }) => {
      const report = found(reports.find((each) => each.run.id === id));
      const undo = { ...nextReport(settings) };
      undo.run = {
        ...undo.run,
        trigger: "Undo",
        testMode: false,
        applied: true,
        undoes: id,
        canUndo: false,
        canCompare: false,
        summary: `Undo of sync ${id}: 7 changes taken back.`,
      };
      if (!account) {
        report.run = { ...report.run, undoneBy: undo.run.id, canUndo: false };
        settings = { ...settings, testMode: true };
      }
      reports.unshift(undo);
      changed("runs", "accounts", "settings");
      return undo.run;
    },
    reportsCompare: ({ from, to }) => ({
      from: found(reports.find(({ run }) => run.id === from)).run,
      to: found(reports.find(({ run }) => run.id === to)).run,
      gone: 1,
      new: 2,
      same: 20,
    }),
    compareRows: ({ of, but, offset, limit }) => {
      const { rows } = found(reports.find(({ run }) => run.id === of));
      return page(rows.slice(0, of > but ? 2 : 1), { offset, limit });
    },
    explain: ({ address }) => {
      const account = accounts.find(({ row }) => row.email.toLowerCase() === address.toLowerCase());
      return {
        paragraph: account
          ? `The identity provider sent ${account.row.name} with the userName ${account.row.email}, active. The console has the account ${account.row.email}: ${account.row.state}, managed by SCIM, linked to this user. The next sync leaves it as it is; nothing differs.`
          : `The identity provider has not sent ${address}: no user of the directory has it as userName. The console has no account for it. So there is nothing for a sync to do.`,
        account: account?.row.id ?? null,
        user: account?.directoryUser?.id ?? null,
      };
    },
    goLive: () => ({
      report: reports.find(({ run }) => run.testMode && run.status === "completed")?.run ?? null,
      changesSince: newer,
      holds: held.length,
      activeAccounts: accounts.filter(({ row }) => row.state === "active").length,
    }),
    userColumns: () => ({ columns: userColumns }),
    usersList: (request) => ({
      ...page(
        inOrder(
          users
            .map((each) => withValues(each, request.columns))
            .filter(
              (each) =>
                (request.active === null || each.active === request.active) && holds(request.search, each.name, each.userName),
            ),
          request.sort,
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
        inOrder(
          directoryGroups.filter((each) => holds(request.search, each.name, each.externalId)),
          request.sort,
        ),
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
      return { ...page(inOrder(rows, request.sort), request), all: accounts.length };
    },
    accountGet: ({ id }) => found(accounts.find(({ row }) => row.id === id)),
    accountExempt: ({ id, exempt }) => {
      const account = found(accounts.find(({ row }) => row.id === id));
      account.row = { ...account.row, exempt };
      return structuredClone(account);
    },
    accountProtect: ({ id, protected: value }) => {
      const account = found(accounts.find(({ row }) => row.id === id));
      account.row = { ...account.row, protected: value };
      return structuredClone(account);
    },
    exemptList: () => ({ rows: listedAddresses }),
    exemptSet: ({ addresses, listed }) => {
      const wrong = addresses.find((address) => !address.includes("@"));
      if (wrong !== undefined) refuse(`"${wrong}" is no e-mail address. Write one such as adelev@contoso.com.`, "addresses");
      listedAddresses = listedAddresses.filter(({ address }) => !addresses.includes(address));
      const since = new Date().toISOString();
      if (listed) listedAddresses = [...listedAddresses, ...addresses.map((address) => ({ address, since }))];
      changed("accounts");
      return { rows: listedAddresses };
    },
    exemptImport: () => ({ path: "exempt.csv", addresses: 12, added: 9 }),
    mappingList: () => ({
      rows: (accounts[0]?.fields ?? []).map(({ label, path }) => ({ label, path, key: path.replaceAll(/\W/g, "") })),
    }),
    populationGet: () => {
      const active = accounts.filter(({ row }) => row.state === "active");
      return {
        users: users.length,
        groups: directoryGroups.length,
        active: active.length,
        archived: accounts.length - active.length,
        consoleManaged: active.filter(({ row }) => row.managedBy === "console").length,
      };
    },
    trafficGet: (request) => trafficOf(events, request),
    sendersList: () => ({ rows: sendersOf(events) }),
    connectionTest: async () => {
      await wait(pace * 8);
      return testOf(status().tenantUrl, token.state === "active");
    },
    tokenCheck: ({ token: text }) =>
      text.endsWith("7Q2f")
        ? { works: true, sentence: "This is the token in force, scimdesk_••••7Q2f." }
        : { works: false, sentence: 'The token ending in "…" was never one of this console. Copy the SCIM token again, whole and without spaces.' },
    serverStop: () => {
      listening = false;
      changed("settings");
      return status();
    },
    serverStart: () => {
      listening = true;
      changed("settings");
      return status();
    },
    preferencesGet: () => preferences,
    preferencesSet: (next) => {
      preferences = { ...preferences, preferences: next };
      return preferences;
    },
    windowPutAway: () => null,
    windowQuit: () => null,
    clipboardWrite: async ({ text }) => {
      await navigator.clipboard.writeText(text);
      return null;
    },
    folderOpen: () => null,
    aboutGet: () => about,
    errorsList: () => errors,
    ...createPractice(!fresh, (payload) => tell("practice", payload), () => wait(pace)),
    dataGet: () => ({ path: "~/.local/share/scim-desk", bytes: 48_300_000 }),
    dataBackUp: async () => {
      await wait(pace * 20);
      return { file: "~/SCIM Desk 2026-11-24.jsonl", records: 41_206, unread: [] };
    },
    dataOfferRestore: () => ({
      file: "~/SCIM Desk 2026-11-20.jsonl",
      at: "2026-11-20T08:12:00Z",
      records: 40_118,
    }),
    dataRestore: async () => {
      await wait(pace * 20);
      return { records: 40_118, kept: "~/.local/share/scim-desk/store.before-20261124T020000Z" };
    },
    accountsImport: () => ({ path: "accounts.csv", created: 12, changed: 3, unchanged: 215 }),
    logsQuery: ({ query, before, limit, masked }) => {
      const rows = events.filter(matches(query)).filter(({ id }) => before === null || id < before);
      const shown = rows.slice(0, limit);
      return {
        stored: events.length,
        rows: masked ? shown.map(maskedRow) : shown,
        next: rows.length > limit ? (rows[limit - 1]?.id ?? null) : null,
        looked: events.length,
        reached: events.at(-1)?.at ?? null,
      };
    },
    logEvent: ({ id, masked }) => {
      const row = found(events.find((each) => each.id === id));
      return detailOf(masked ? maskedRow(row) : row);
    },
    logsExport: ({ query, format }) => ({
      files:
        format === "csv"
          ? ["events", "steps", "changes"].map((each) => `log-${each}.csv`)
          : [`log.${format}`],
      count: events.filter(matches(query)).length,
    }),
    ...logHandlers(events),
    walkProgress: () => ({ looked: 480_000, of: 1_000_000, found: 1204 }),
    walkCancel: () => null,
    diagnosticsGet: () => ({ folder: "~/.local/share/scim-desk/diagnostics", level: "info", bytes: 48_120 }),
    bundlePreview: () => [
      { name: "versions.txt", purpose: "The version of SCIM Desk and of the system.", bytes: 64, text: "SCIM Desk 0.1.0\nsystem linux x86_64\n" },
      { name: "settings.txt", purpose: "The provisioning settings.", bytes: 320, text: "enabled=true\nservice=scim\n" },
    ],
    bundleSave: () => ({ files: ["SCIM Desk support.zip"], count: 5 }),
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
