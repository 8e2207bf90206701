// The help of each page, and the words it uses.

import type { pages } from "./shell";

type PageId = keyof typeof pages;

export type PageHelp = {
  /** What the page is for. */
  lead: string;
  /** Questions and their answers. */
  points: [question: string, answer: string][];
  /** Words of the glossary that stand on the page. */
  terms: Term[];
};

export const pageHelp: Record<PageId, PageHelp> = {
  overview: {
    lead: "How things stand, what is to be done next, and what the last syncs and requests came to.",
    points: [
      ["What is the next step?", "The list under “Next steps” is checked by the app itself. It is gone once all of it is done."],
      ["What do the bars mean?", "Each bar is one sync. A bar with a dashed outline belongs to Test Mode: nothing of it was done."],
      ["Where are the exact numbers?", "“Show as table” under every chart shows the same numbers as rows."],
    ],
    terms: ["Sync", "Test Mode", "Guard rail"],
  },
  welcome: {
    lead: "Four steps from nothing to a first report. Each of them changes real settings and can be left at any time.",
    points: [["Can I come back?", "Yes. What is done stays done, and “Welcome” in the command palette opens it again."]],
    terms: ["Tenant URL", "SCIM token", "Test Mode"],
  },
  provisioning: {
    lead: "Turns User Provisioning on, says where people come from, and holds the token and Test Mode.",
    points: [
      ["When does an edit count?", "After Save Changes. The token buttons and Force Sync Now act at once and never wait for it."],
      ["Why is Test Mode on after a switch to SCIM?", "So that the first sync shows what would happen before anything does."],
      ["What stops a sync that goes wrong?", "The guard rail, under “More settings”: a sync that would archive more than it allows makes a report and stops."],
    ],
    terms: ["Test Mode", "SCIM token", "Tenant URL", "Guard rail", "Exempt"],
  },
  connection: {
    lead: "Whether an identity provider can reach this server, who has done so, and how to set one up.",
    points: [
      ["What does “Test connection” do?", "It goes through five steps with the server in this app, over the network as an identity provider would. Nothing but the log is written."],
      ["My provider is in the cloud. Why does it not get through?", "The server listens on this computer only. A provisioning agent on this computer reaches it; a cloud service needs a tunnel that you run."],
      ["It says 401. What now?", "The provider has another token than the one in force. The list shows what it was; give the provider the present token."],
    ],
    terms: ["Tenant URL", "SCIM token", "Identity provider"],
  },
  reports: {
    lead: "Every sync has a report: what would change in Test Mode, and what has changed without it.",
    points: [
      ["What do the signs mean?", "+ created, ~ changed, − archived, ↺ restored. Counts are of users, groups and memberships."],
      ["Why was a sync skipped or stopped?", "The last column says so. Stopped means that the guard rail, or you, held it back."],
      ["How do I keep one change from happening?", "Open the report and put the row on hold."],
    ],
    terms: ["Sync", "Archive", "Hold", "Guard rail"],
  },
  logs: {
    lead: "Every request, every change of a sync and every action of an administrator: who, what, whether it worked, why, and what to do.",
    points: [
      ["How do I search?", "With free words, and words such as status:failure or identity:mara. The question mark in the search box lists them."],
      ["Is the token in the log?", "No. Secrets are taken out before an event is stored."],
    ],
    terms: ["Event", "Sync"],
  },
  directory: {
    lead: "Users and groups as the identity provider has sent them. Nothing here is edited by hand.",
    points: [
      ["Why is somebody missing?", "The provider has not sent them: they are out of its scope, or its cycle has not come to them yet."],
      ["Where do I see one attribute for all?", "“Columns” puts any attribute of the schemas into the list."],
    ],
    terms: ["Directory", "Identity provider", "externalId"],
  },
  accounts: {
    lead: "The accounts that the console holds, who decides about each, and which attribute feeds which field.",
    points: [
      ["How do I keep an account out of provisioning?", "Open it and choose “Keep out of provisioning”, or put its address on the exempt list."],
      ["What happens to alias addresses?", "The first live sync removes them, because SCIM has no place for them."],
    ],
    terms: ["Account", "Archive", "Exempt", "Protected"],
  },
  practice: {
    lead: "An identity provider to practise with: it sends people and groups as Entra ID or Okta would, over HTTP, with the token.",
    points: [
      ["Is any of this real?", "The people are made up and kept apart. What it sends goes into this console’s directory like anybody’s."],
      ["When is an edit sent?", "With the next cycle. The first cycle looks at everybody, later ones at what has changed."],
      ["What happens when much fails?", "Like a real provider it goes into quarantine and sends only now and then."],
    ],
    terms: ["Identity provider", "Tenant URL", "SCIM token"],
  },
  lessons: {
    lead: "Short lessons whose goals the app checks from its own state, the glossary, and every error with what to do about it.",
    points: [["What does “Check” look at?", "Settings, reports, accounts and the log of this console, as they are at that moment."]],
    terms: ["Sync", "Test Mode"],
  },
  preferences: {
    lead: "How the window looks and behaves on this computer. What is chosen here counts at once.",
    points: [["Does any of this change provisioning?", "No. Settings of provisioning are in User provisioning."]],
    terms: [],
  },
  about: {
    lead: "Which version this is, where its data are, and whose work is in it.",
    points: [["What may I pass on when something fails?", "The version and the line about the system; neither has a secret in it."]],
    terms: [],
  },
};

export const glossary = {
  Account: "A person in the console. A sync creates, changes, archives and restores accounts; it never deletes one.",
  Archive: "To take an account out of use and keep it. It can be restored, with its history.",
  Directory: "What the identity provider has sent, as it sent it. It is compared with the accounts by a sync.",
  Event: "One line of the provisioning log: a request, a change of a sync, or an action of an administrator.",
  Exempt: "Kept out of provisioning: a sync neither changes nor archives such an account, and makes none for such an address.",
  externalId: "The name that the identity provider itself has for a user or a group.",
  "Guard rail": "How many accounts one sync may archive. A sync that would archive more stops after its report.",
  Hold: "A change that you keep from happening. Syncs leave the object as it is until you release it.",
  "Identity provider": "Where an organisation keeps its people, such as Microsoft Entra ID or Okta. It sends them; nothing is sent back.",
  Membership: "That an account is in a group.",
  Protected: "Said of an account that a sync may change but not archive.",
  "SCIM": "The protocol by which an identity provider tells about its users and groups: RFC 7642, 7643 and 7644.",
  "SCIM token": "The secret with which the identity provider signs in. It is shown once; only its end is known afterwards.",
  Sync: "One comparison of the directory with the accounts. It makes a report, and without Test Mode it also makes the changes.",
  "Tenant URL": "The address of this console’s SCIM server, which the identity provider is given together with the token.",
  "Test Mode": "A sync makes its report and changes nothing.",
} as const;

export type Term = keyof typeof glossary;
