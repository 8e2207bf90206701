// Lessons, glossary and the catalogue of errors.

export const lessons = {
  lead: "Ten short lessons, whose goals this app checks from its own state.",
  tabs: { lessons: "Lessons", glossary: "Glossary", errors: "Errors", shortcuts: "Shortcuts" },
  done: (done: number, all: number) => `${done} of ${all} reached`,
  reached: "Reached",
  open: "Not yet",
  goal: "Goal",
  why: "Why",
  doIt: "Do it",
  check: "Check",
  checked: (reached: boolean) => (reached ? "Reached: the app sees it in its own state." : "Not yet: the app does not see it in its own state."),
  searchErrors: "Search the errors",
  noErrors: "No error matches.",
  code: "Code",
  http: "HTTP",
  sentence: "What it says",
  inApp: "app",
  errorsLead: "Every error of the server and of this app with its sentence. What stands for a value is in angle brackets.",
} as const;

export type LessonId = "enable" | "token" | "test" | "connect" | "people" | "report" | "clean" | "exempt" | "live" | "applied";

export const lessonTexts: Record<LessonId, { title: string; goal: string; why: string }> = {
  enable: {
    title: "Turn on User Provisioning",
    goal: "Enable User Provisioning (User Syncing), choose SCIM, and save.",
    why: "Only then does the server take what an identity provider sends. Choosing SCIM turns Test Mode on, so nothing can happen by accident.",
  },
  token: {
    title: "Generate the SCIM token",
    goal: "A token is in force, and you have put it where you will find it again.",
    why: "It is all that the identity provider needs to sign in, and it is shown once: only a hash of it is kept.",
  },
  test: {
    title: "Test the connection from here",
    goal: "All five steps of Test connection were tried.",
    why: "What fails here would fail for the provider, too, and here you see at which step.",
  },
  connect: {
    title: "Connect an identity provider",
    goal: "Somebody other than this app has signed in and asked for something.",
    why: "Providers test a connection by looking for somebody who is not there. The log shows that request.",
  },
  people: {
    title: "Let people arrive",
    goal: "The directory has at least one user.",
    why: "The directory keeps what was sent, as it was sent. Accounts do not change by that alone.",
  },
  report: {
    title: "Run a sync in Test Mode",
    goal: "A sync in Test Mode has completed.",
    why: "A sync compares the directory with the accounts. In Test Mode its report is all that comes of it.",
  },
  clean: {
    title: "Get to a clean report",
    goal: "The newest Test Mode report skipped nobody.",
    why: "What is skipped is left alone for a reason, mostly because a value is missing at the provider. The report names it.",
  },
  exempt: {
    title: "Keep an address out",
    goal: "At least one address is on the exempt list.",
    why: "Emergency and service accounts should not depend on an identity provider. Syncs leave them alone.",
  },
  live: {
    title: "Turn off Test Mode",
    goal: "Test Mode is off.",
    why: "The confirmation shows what the next sync will do, taken from the newest report. More than the guard rail allows must be typed.",
  },
  applied: {
    title: "See a sync change the console",
    goal: "A sync has changed accounts.",
    why: "Its report says the same as the one in Test Mode, and it can be undone, for all or for one person.",
  },
};
