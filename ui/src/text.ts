// Every sentence the administrator reads, by page in `text/`. Pages call these and never join strings.

import { accounts, exempt, mapping } from "./text/accounts";
import { about, closing, preferences } from "./text/application";
import { connection } from "./text/connection";
import { data, exports } from "./text/data";
import { directory } from "./text/directory";
import { lessons } from "./text/lessons";
import { logs } from "./text/logs";
import { charts, overview } from "./text/overview";
import { practice } from "./text/practice";
import { provisioning, sync, token, turnOff } from "./text/provisioning";
import { compare, holds, report, reports, undo, whyNot } from "./text/reports";
import { actions, can, common, help, nav, notFound, notices, pages, palette, saveBar, shortcuts, statusBar, theme } from "./text/shell";
import { welcome } from "./text/welcome";

export { type Guide, type GuideId, type GuideProof, type GuideStep, type GuideValue, guides } from "./text/connection";
export * from "./text/format";
export * from "./text/help";
export { type LessonId, lessonTexts } from "./text/lessons";
export * from "./text/words";

export const text = {
  product: "SCIM Desk",
  windowTitle: (page: string) => `${page} – SCIM Desk`,
  pages,
  nav,
  theme,
  common,
  notFound,
  statusBar,
  can,
  actions,
  palette,
  shortcuts,
  notices,
  help,
  saveBar,
  overview,
  charts,
  connection,
  provisioning,
  token,
  sync,
  turnOff,
  reports,
  report,
  holds,
  undo,
  compare,
  whyNot,
  data,
  exports,
  logs,
  directory,
  accounts,
  mapping,
  exempt,
  practice,
  welcome,
  lessons,
  preferences,
  about,
  closing,
} as const;
