// Preferences, About, and closing the window.

import type { About } from "../api/bindings";
import { count, size } from "./format";

export const preferences = {
  lead: "How the window looks and behaves on this computer. What is chosen counts at once.",
  looks: "Looks",
  theme: "Theme",
  themeHint: "System follows this computer, its high contrast too.",
  density: "Density",
  densities: { comfortable: "Comfortable", compact: "Compact" },
  densityHint: "How high the rows of tables are.",
  behaviour: "Behaviour",
  closeToTray: "Closing the window leaves the SCIM server running",
  closeToTrayHint: "The status icon brings the window back, and so does starting the app again.",
  startAtLogin: "Start when I log in",
  startAtLoginHint: "So that identity providers get an answer without anybody opening the window.",
  messages: "Messages of the system",
  notify: "Tell of syncs that were skipped, stopped or failed",
  notifyHint: "While the window is not in front. The list of notices has them in any case.",
  notifyAlways: "Tell of every sync that ended",
  keyboard: "Keyboard and clipboard",
  singleKeys: "Single-key shortcuts",
  singleKeysHint: "/ goes to the filter box and ? lists the shortcuts, except while you type.",
  clipboard: "Take a copied token out of the clipboard",
  clipboards: { "60": "After a minute", "20": "After 20 seconds", "0": "Never" },
  clipboardHint: "Only if it is still there by then.",
  more: "Elsewhere",
  provisioning: "Settings of provisioning, and the backup of all data",
  about: "Version, licences and where the data are",
  welcome: "Open the welcome again",
} as const;

export const about = {
  lead: "See what user provisioning will do before it does it.",
  version: "Version",
  license: "Licence",
  dataDir: "Data",
  dataSize: ({ dataBytes, logEvents }: About) => `${size(dataBytes)}, with ${count(logEvents, "log event", "log events")}`,
  openFolder: "Open the folder",
  diagnostics: "Diagnostics of the app",
  program: "Program",
  system: "System",
  webView: "Web view",
  copy: "Version and system",
  parts: "Built with",
  partsLead: "These bring further libraries along, all under permissive licences.",
  part: "Part",
  purpose: "For",
  privacy: "Nothing leaves this computer: no telemetry, no accounts, no updates by itself.",
} as const;

export const closing = {
  title: "Keep the SCIM server running?",
  body: "SCIM Desk stays in the status icon, and identity providers go on getting answers. This is said once; Preferences changes it.",
  keep: "Keep running",
  quit: "Quit instead",
} as const;
