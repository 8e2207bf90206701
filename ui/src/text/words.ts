// Words that stand on many pages.

import type {
  AccountState,
  Action,
  Consequences,
  Durability,
  EventKind,
  EventStatus,
  ManagedBy,
  PatchAnswer,
  RunStatus,
  Settings,
} from "../api/bindings";

export const actionWord: Record<Action, string> = {
  create: "Created",
  change: "Changed",
  archive: "Archived",
  restore: "Restored",
};

/** A membership is added and removed, not created and archived. */
export const membershipWord: Record<Action, string> = { ...actionWord, create: "Added", archive: "Removed" };

/** What happens to people, in the order of what matters most. */
export const consequenceWord: Record<keyof Consequences, string> = {
  losesAccess: "Lose access",
  getsAccess: "Get access",
  changesAddress: "Change address",
  changesManager: "Change manager",
  joinsGroup: "Join a group",
  leavesGroup: "Leave a group",
};

export const runStatusWord: Record<RunStatus, string> = {
  pending: "Pending",
  processing: "Processing",
  completed: "Completed",
  skipped: "Skipped",
  stopped: "Stopped",
  failed: "Failed",
};

export const eventStatusWord: Record<EventStatus, string> = {
  success: "Success",
  failure: "Failure",
  skipped: "Skipped",
  warning: "Warning",
};

export const eventKindWord: Record<EventKind, string> = { request: "Request", sync: "Sync", admin: "Administrator" };
export const patchAnswerWord: Record<PatchAnswer, string> = {
  byType: "Users 200, groups 204",
  resource: "Always 200, with the resource",
  noContent: "Always 204, without it",
};
export const durabilityWord: Record<Durability, string> = {
  powerLoss: "A power cut",
  processCrash: "A crash of SCIM Desk",
};
export const accountStateWord: Record<AccountState, string> = { active: "Active", archived: "Archived" };
export const managedByWord: Record<ManagedBy, string> = { console: "Console", scim: "SCIM", adi: "ADI" };

export const settingLabel: Record<keyof Settings, string> = {
  enabled: "Enable User Provisioning",
  service: "Service",
  testMode: "Test Mode",
  listen: "Listen address",
  guardRailAccounts: "Guard rail (accounts)",
  guardRailPercent: "Guard rail (percent)",
  quietSeconds: "Quiet time",
  logDays: "Log retention (days)",
  logEvents: "Log retention (events)",
  strict: "Strict SCIM",
  patchAnswer: "Answer to a PATCH",
  rateLimit: "Request limit",
  durability: "Durability",
  captureBodies: "Capture of bodies",
  alertSyncs: "Alerts to syncs",
  alertSilence: "Alerts to silence",
  alertRejections: "Alerts to rejected tokens",
};

export const modeWord = (testMode: boolean) => (testMode ? "Test" : "Live");
