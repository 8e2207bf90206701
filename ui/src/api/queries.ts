// One hook per command. What a command's answer depends on stands beside it, so that a
// `changed` event asks again for exactly what it made stale.

import {
  keepPreviousData,
  type Query,
  type QueryClient,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { notify, type Told } from "../lib/notices";
import { text } from "../text";
import type { Commands, Exported, RunRow, Topic } from "./bindings";
import { call, type CommandError, type CommandName } from "./client";
import { askAgain } from "./refresh";

type Request<C extends CommandName> = Commands[C]["request"];
type Response<C extends CommandName> = Commands[C]["response"];

const DEPENDS_ON = {
  statusGet: ["settings", "token", "runs"],
  settingsGet: ["settings"],
  dataGet: ["settings", "runs"],
  tokenStatus: ["token"],
  reportsList: ["runs"],
  reportGet: ["runs", "directory"],
  // The rows of a report are written once; what of it is on hold is not.
  reportRows: ["accounts"],
  holdsList: ["accounts"],
  undoPlan: ["runs", "accounts"],
  reportsCompare: [],
  compareRows: ["accounts"],
  explain: ["runs", "directory", "accounts", "settings"],
  goLive: ["runs", "directory", "accounts"],
  exemptList: ["accounts"],
  usersList: ["directory", "accounts"],
  userGet: ["directory", "accounts"],
  groupsList: ["directory"],
  groupGet: ["directory"],
  accountsList: ["accounts"],
  accountGet: ["accounts"],
  populationGet: ["directory", "accounts"],
  trafficGet: ["logs"],
  sendersList: ["logs"],
  preferencesGet: [],
  aboutGet: [],
  errorsList: [],
  // The log page asks for new events itself, so that the list never jumps under the reader.
  logsQuery: [],
  logEvent: [],
} satisfies Partial<Record<CommandName, Topic[]>>;

type Asked = keyof typeof DEPENDS_ON;

/** Asks again for everything that depends on these topics. */
export function invalidateTopics(client: QueryClient, topics: Topic[]): void {
  const predicate = (query: Query) => {
    const depends: readonly Topic[] = DEPENDS_ON[query.queryKey[0] as Asked] ?? [];
    return depends.some((topic) => topics.includes(topic)) && !isSettled(query);
  };
  askAgain(client, client.getQueryCache().findAll({ predicate }), { isList });
}

/** Asks again how things stand. */
export function invalidateStatus(client: QueryClient): void {
  askAgain(client, client.getQueryCache().findAll({ queryKey: keys.status, exact: true }), { isList });
}

/** What is counted from the log or from all accounts, again and again while requests come in. */
const COUNTED: unknown[] = ["populationGet", "trafficGet", "sendersList"];

/** A list that may be long; that of the syncs changes only with a sync. */
const isList = ({ queryKey: [command, kind] }: Query) =>
  (kind === "pages" && command !== "reportsList") || COUNTED.includes(command);

/** A report that nothing changes any more: the sync has ended, and there is nothing left to allow. */
function isSettled({ queryKey, state }: Query): boolean {
  const report = queryKey[0] === "reportGet" ? (state.data as Response<"reportGet"> | undefined) : undefined;
  // What the provider has sent since, and whether it is undone, may still change.
  return report !== undefined && hasEnded(report.run) && !report.canAllowOnce && !report.run.canUndo && !report.run.testMode;
}

/** Whether a sync is over, however it ended. */
export const hasEnded = ({ status }: RunRow) => status !== "pending" && status !== "processing";

export const keys = {
  status: ["statusGet"] as const,
  settings: ["settingsGet"] as const,
  logs: (query: string, masked: boolean) => ["logsQuery", query, masked] as const,
};

// ---------------------------------------------------------------- what is asked once

export const useStatus = () =>
  useQuery<Response<"statusGet">, CommandError>({ queryKey: keys.status, queryFn: () => call("statusGet") });

export const useSettings = () =>
  useQuery<Response<"settingsGet">, CommandError>({ queryKey: keys.settings, queryFn: () => call("settingsGet") });

export const useToken = () =>
  useQuery<Response<"tokenStatus">, CommandError>({ queryKey: ["tokenStatus"], queryFn: () => call("tokenStatus") });

export const useData = () =>
  useQuery<Response<"dataGet">, CommandError>({ queryKey: ["dataGet"], queryFn: () => call("dataGet") });

/** A command that takes a request; `null` waits. */
function useAsk<C extends Asked>(command: C, request: Request<C> | null) {
  type Call = (command: C, request: Request<C>) => Promise<Response<C>>;
  return useQuery<Response<C>, CommandError>({
    queryKey: [command, request],
    queryFn: () => (call as Call)(command, request as Request<C>),
    enabled: request !== null,
  });
}

export const useUserColumns = () =>
  useQuery<Response<"userColumns">, CommandError>({
    queryKey: ["userColumns"],
    queryFn: () => call("userColumns"),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useReport = (id: number) => useAsk("reportGet", { id });
export const useUser = (id: string) => useAsk("userGet", { id });
export const useGroup = (id: string) => useAsk("groupGet", { id });
export const useAccount = (id: string) => useAsk("accountGet", { id });
export const useEvent = (id: number, masked: boolean) => useAsk("logEvent", { id, masked });

/** What turning Test Mode off would do, as the newest Test Mode report has it. */
export const useGoLive = () =>
  useQuery<Response<"goLive">, CommandError>({ queryKey: ["goLive"], queryFn: () => call("goLive") });

export const useHolds = () =>
  useQuery<Response<"holdsList">, CommandError>({ queryKey: ["holdsList"], queryFn: () => call("holdsList") });

export const useExemptList = () =>
  useQuery<Response<"exemptList">, CommandError>({ queryKey: ["exemptList"], queryFn: () => call("exemptList") });

export const useMapping = () =>
  useQuery<Response<"mappingList">, CommandError>({
    queryKey: ["mappingList"],
    queryFn: () => call("mappingList"),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const useUndoPlan = (request: Request<"undoPlan">) => useAsk("undoPlan", request);
export const useComparison = (request: Request<"reportsCompare">) => useAsk("reportsCompare", request);
export const useExplanation = (address: string) => useAsk("explain", address ? { address } : null);

/** The newest syncs, for the command palette and the charts. */
export const useRecentSyncs = () =>
  useQuery<RunRow[], CommandError>({
    queryKey: ["reportsList", "recent"],
    queryFn: async () => (await call("reportsList", { testMode: null, oldestFirst: false, offset: 0, limit: 30 })).rows,
  });

export const usePopulation = () =>
  useQuery<Response<"populationGet">, CommandError>({ queryKey: ["populationGet"], queryFn: () => call("populationGet") });

export const useTraffic = (request: Request<"trafficGet">) => useAsk("trafficGet", request);

export const useSenders = () =>
  useQuery<Response<"sendersList">, CommandError>({ queryKey: ["sendersList"], queryFn: () => call("sendersList") });

export const usePreferencesState = () =>
  useQuery<Response<"preferencesGet">, CommandError>({ queryKey: ["preferencesGet"], queryFn: () => call("preferencesGet") });

export const useAbout = () =>
  useQuery<Response<"aboutGet">, CommandError>({ queryKey: ["aboutGet"], queryFn: () => call("aboutGet") });

export const useErrorCatalogue = () =>
  useQuery<Response<"errorsList">, CommandError>({ queryKey: ["errorsList"], queryFn: () => call("errorsList") });

/** A few people by a part of their names; an empty search finds nobody. */
export const useFoundPeople = (search: string) =>
  useQuery({
    queryKey: ["usersList", "found", search],
    queryFn: async () => (await call("usersList", { search, active: null, columns: [], sort: null, offset: 0, limit: 6 })).rows,
    enabled: search !== "",
  });

// ---------------------------------------------------------------- what is asked page by page

export const PAGE = 200;

type Window = { offset: number; limit: number };
type PagedCommand = { [C in Asked]: Request<C> extends Window ? C : never }[Asked];
type RowOf<C extends PagedCommand> = Response<C>["rows"][number];

function usePages<C extends PagedCommand>(command: C, filter: Omit<Request<C>, keyof Window>) {
  type Call = (command: C, request: unknown) => Promise<Response<C>>;
  const pages = useInfiniteQuery<Response<C>, CommandError, { pages: Response<C>[] }, readonly unknown[], number>({
    queryKey: [command, "pages", filter],
    queryFn: ({ pageParam }) => (call as Call)(command, { ...filter, offset: pageParam, limit: PAGE }),
    initialPageParam: 0,
    getNextPageParam: (last, _, offset) =>
      offset + last.rows.length < last.total && last.rows.length > 0 ? offset + last.rows.length : null,
    placeholderData: keepPreviousData,
  });
  const loaded = pages.data?.pages;
  return {
    ...pages,
    first: loaded?.[0],
    total: loaded?.[0]?.total ?? 0,
    rows: (loaded ?? []).flatMap((page) => page.rows as RowOf<C>[]),
    /** The end of the list is in view; a page that could not be read is not asked for over and over. */
    more: () => {
      if (pages.hasNextPage && !pages.isFetching && !pages.isError) void pages.fetchNextPage();
    },
  };
}

export const useReports = (filter: Omit<Request<"reportsList">, keyof Window>) => usePages("reportsList", filter);
export const useReportRows = (filter: Omit<Request<"reportRows">, keyof Window>) => usePages("reportRows", filter);
export const useCompareRows = (filter: Omit<Request<"compareRows">, keyof Window>) => usePages("compareRows", filter);
export const useUsers = (filter: Omit<Request<"usersList">, keyof Window>) => usePages("usersList", filter);
export const useGroups = (filter: Omit<Request<"groupsList">, keyof Window>) => usePages("groupsList", filter);
export const useAccounts = (filter: Omit<Request<"accountsList">, keyof Window>) => usePages("accountsList", filter);

// ---------------------------------------------------------------- what acts

/** What each acting command changes: asked again at once, without waiting for the event that says so. */
const CHANGES = {
  tokenRevoke: ["token"],
  syncStart: ["runs", "accounts"],
  syncCancel: [],
  accountsImport: ["accounts"],
  accountExempt: ["accounts"],
  accountProtect: ["accounts"],
  exemptSet: ["accounts"],
  exemptImport: ["accounts"],
  reportHold: ["accounts"],
  holdRelease: ["accounts"],
  syncUndo: ["runs", "accounts", "settings"],
  reportExport: [],
  logsExport: [],
  dataBackUp: [],
  dataOfferRestore: [],
  dataRestore: [],
  connectionTest: ["logs"],
  tokenCheck: [],
  serverStop: ["settings"],
  serverStart: ["settings"],
  folderOpen: [],
  windowPutAway: [],
  windowQuit: [],
} satisfies Partial<Record<CommandName, Topic[]>>;

/** A command that acts; `gcTime: 0` keeps no answer. `told` is what the list of notices says of it. */
function useAct<C extends keyof typeof CHANGES>(command: C, told?: (answer: Response<C>) => Told | null) {
  type Call = (command: C, request: Request<C>) => Promise<Response<C>>;
  const client = useQueryClient();
  return useMutation<Response<C>, CommandError, Request<C>>({
    mutationFn: (request) => (call as Call)(command, request),
    onSuccess: (answer) => {
      invalidateTopics(client, CHANGES[command]);
      const notice = told?.(answer);
      if (notice) notify(notice);
    },
    gcTime: 0,
  });
}

const exported = (answer: Exported | null): Told | null =>
  answer && { intent: "success", title: text.notices.exported, body: text.notices.files(answer.files) };

export const useSyncStart = () => useAct("syncStart");
export const useSyncCancel = () => useAct("syncCancel");
export const useReportExport = () => useAct("reportExport", exported);
export const useLogsExport = () => useAct("logsExport", exported);
export const useAccountsImport = () => useAct("accountsImport");
export const useBackUp = () =>
  useAct("dataBackUp", (backup) => backup && { intent: "success", title: text.notices.backedUp, body: backup.file });
export const useRestoreOffer = () => useAct("dataOfferRestore");
export const useRestore = () => useAct("dataRestore");
export const useTokenRevoke = () => useAct("tokenRevoke");
export const useProtect = () => useAct("accountProtect");
export const useExemptSet = () => useAct("exemptSet");
export const useExemptImport = () => useAct("exemptImport");
export const useHold = () => useAct("reportHold");
export const useRelease = () => useAct("holdRelease");
export const useUndo = () => useAct("syncUndo");
export const useExempt = () => useAct("accountExempt");

export const useConnectionTest = () => useAct("connectionTest");
export const useTokenCheck = () => useAct("tokenCheck");
export const useServerStop = () => useAct("serverStop");
export const useServerStart = () => useAct("serverStart");
export const useFolderOpen = () => useAct("folderOpen");
export const usePutAway = () => useAct("windowPutAway");
export const useQuit = () => useAct("windowQuit");

/** The answer is what holds from now on. */
export function usePreferencesSet() {
  const client = useQueryClient();
  return useMutation<Response<"preferencesSet">, CommandError, Request<"preferencesSet">>({
    mutationFn: (preferences) => call("preferencesSet", preferences),
    onSuccess: (state) => client.setQueryData(["preferencesGet"], state),
  });
}

/** The answer is what was saved: it stands there before the draft is let go. */
export function useSettingsSave() {
  const client = useQueryClient();
  return useMutation<Response<"settingsSave">, CommandError, Request<"settingsSave">>({
    mutationFn: (settings) => call("settingsSave", settings),
    onSuccess: (saved) => {
      client.setQueryData(keys.settings, saved);
      invalidateTopics(client, ["settings"]);
      notify({ intent: "success", title: text.notices.saved, toast: true });
    },
  });
}
