// One table of pages. The sidebar, the breadcrumbs, the command palette, the window's title and the
// list of shortcuts derive from it.

import {
  Beaker20Regular,
  BookContacts20Regular,
  BookOpen20Regular,
  DocumentSearch20Regular,
  type FluentIcon,
  Home20Regular,
  Info20Regular,
  Options20Regular,
  PeopleTeam20Regular,
  PlugConnected20Regular,
  Rocket20Regular,
  Settings20Regular,
  TextBulletListSquare20Regular,
} from "@fluentui/react-icons";
import { testids } from "./testids";
import { text } from "./text";

export const path = {
  overview: "/",
  welcome: "/welcome",
  provisioning: "/provisioning",
  turnOffTestMode: "/provisioning?testMode=off",
  connection: "/connection",
  testConnection: "/connection?test=now",
  guide: (guide: string) => `/connection?${new URLSearchParams({ guide })}`,
  reports: "/reports",
  report: (id: number) => `/reports/${id}`,
  compare: (from: number, to: number) => `/reports/${from}/with/${to}`,
  logs: "/logs",
  logsOf: (query: string) => `/logs?${new URLSearchParams({ query })}`,
  logEvent: (event: number) => `/logs?${new URLSearchParams({ event: String(event) })}`,
  history: (person: string) => `/logs?${new URLSearchParams({ person })}`,
  directory: "/directory",
  directoryGroups: "/directory/groups",
  user: (id: string) => `/directory?${new URLSearchParams({ id })}`,
  group: (id: string) => `/directory/groups?${new URLSearchParams({ id })}`,
  accounts: "/accounts",
  account: (id: string) => `/accounts?${new URLSearchParams({ id })}`,
  practice: "/practice",
  lessons: "/lessons",
  lesson: (lesson: string) => `/lessons?${new URLSearchParams({ lesson })}`,
  glossary: "/lessons/glossary",
  errors: "/lessons/errors",
  shortcuts: "/lessons/shortcuts",
  preferences: "/preferences",
  about: "/about",
} as const;

export const GROUPS = ["start", "configure", "review", "data", "learn", "application"] as const;
export type Group = (typeof GROUPS)[number];

export type PageId = keyof typeof text.pages;

export type Route = {
  id: PageId;
  path: string;
  title: string;
  icon: FluentIcon;
  group: Group;
  /** The keys that open it. */
  keys?: string;
  /** Where it stands for the administrator, when that is not its group. */
  crumbs?: readonly string[];
  /** Not in the sidebar. */
  hidden?: true;
  testid: string;
};

type Row = [id: PageId, path: string, icon: FluentIcon, group: Group, more?: Partial<Route>];

const ROWS: Row[] = [
  ["overview", path.overview, Home20Regular, "start", { keys: "Ctrl+1" }],
  ["welcome", path.welcome, Rocket20Regular, "learn", { hidden: true }],
  ["provisioning", path.provisioning, Settings20Regular, "configure", { keys: "Ctrl+2", crumbs: text.provisioning.crumbs }],
  ["connection", path.connection, PlugConnected20Regular, "configure", { keys: "Ctrl+3" }],
  ["reports", path.reports, DocumentSearch20Regular, "review", { keys: "Ctrl+4" }],
  ["logs", path.logs, TextBulletListSquare20Regular, "review", { keys: "Ctrl+5" }],
  ["directory", path.directory, BookContacts20Regular, "data", { keys: "Ctrl+6" }],
  ["accounts", path.accounts, PeopleTeam20Regular, "data", { keys: "Ctrl+7" }],
  ["practice", path.practice, Beaker20Regular, "learn", { keys: "Ctrl+8" }],
  ["lessons", path.lessons, BookOpen20Regular, "learn", { keys: "Ctrl+9" }],
  ["preferences", path.preferences, Options20Regular, "application", { keys: "Ctrl+," }],
  ["about", path.about, Info20Regular, "application"],
];

export const routes: Route[] = ROWS.map(([id, at, icon, group, more]) => ({
  id,
  path: at,
  title: text.pages[id],
  icon,
  group,
  testid: testids.nav(id),
  ...more,
}));

/** The page that an address belongs to: `/reports/41` to the reports. */
export function routeOf(address: string): Route | undefined {
  const at = address.split("?")[0] ?? address;
  return routes.find((route) => at === route.path || (route.path !== "/" && at.startsWith(`${route.path}/`)));
}

export type Crumb = string | { title: string; path: string };

/** What stands before the page in the breadcrumbs; below a page, the page as a link. */
export function trailTo(address: string): Crumb[] {
  const route = routeOf(address);
  if (!route) return [];
  const group = text.nav.groups[route.group];
  const before = route.crumbs ?? (group ? [group] : []);
  return address === route.path ? [...before] : [...before, { title: route.title, path: route.path }];
}
