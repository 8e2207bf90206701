// The five pages: the sidebar, the breadcrumbs and the window's title derive from this table.

import {
  Settings20Regular,
  BookContacts20Regular,
  DocumentSearch20Regular,
  type FluentIcon,
  PeopleTeam20Regular,
  TextBulletListSquare20Regular,
} from "@fluentui/react-icons";
import { testids } from "./testids";
import { text } from "./text";

export type Route = { path: string; title: string; icon: FluentIcon; testid: string };
export type RouteGroup = { title: string; routes: Route[] };

export const path = {
  provisioning: "/provisioning",
  turnOffTestMode: "/provisioning?testMode=off",
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
} as const;

export const routeGroups: RouteGroup[] = [
  {
    title: text.nav.configure,
    routes: [
      { path: path.provisioning, title: text.provisioning.title, icon: Settings20Regular, testid: testids.navProvisioning },
    ],
  },
  {
    title: text.nav.review,
    routes: [
      { path: path.reports, title: text.reports.title, icon: DocumentSearch20Regular, testid: testids.navReports },
      { path: path.logs, title: text.logs.title, icon: TextBulletListSquare20Regular, testid: testids.navLogs },
    ],
  },
  {
    title: text.nav.data,
    routes: [
      { path: path.directory, title: text.directory.title, icon: BookContacts20Regular, testid: testids.navDirectory },
      { path: path.accounts, title: text.accounts.title, icon: PeopleTeam20Regular, testid: testids.navAccounts },
    ],
  },
];
