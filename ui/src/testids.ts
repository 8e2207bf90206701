// The stable hooks for tests that drive the real window: `[data-testid="…"]`.
//
// Where a hook is not on the screen at once:
// - everything below `switch-enabled` shows when User Provisioning is switched on in the draft;
// - `tenant-url` and the token hooks are inside `scim-settings-toggle` (aria-expanded), which
//   starts open when a token is active and closed otherwise;
// - `listen`, the guard rail and the retention fields are inside `more-settings-toggle`;
// - the export items are in the menu that `export-menu` opens;
// - `theme-light`, `theme-dark` and `theme-system` are in the menu that `theme-select` opens.

export const testids = {
  /** A page in the sidebar, by its id in the route table: `nav-provisioning`. */
  nav: (page: string) => `nav-${page}`,
  statusBar: "status-bar",
  themeSelect: "theme-select",
  palette: "palette",
  paletteInput: "palette-input",
  paletteOption: "palette-option",
  notices: "notices",
  noticesOpen: "notices-open",
  toasts: "toasts",
  help: "help",
  pageError: "page-error",

  standing: "standing",
  runningSync: "running-sync",
  nextSteps: "next-steps",
  attention: "attention",

  switchEnabled: "switch-enabled",
  serviceAdi: "service-adi",
  serviceScim: "service-scim",
  scimSettingsToggle: "scim-settings-toggle",
  moreSettingsToggle: "more-settings-toggle",
  tenantUrl: "tenant-url",
  tokenGenerate: "token-generate",
  tokenRegenerate: "token-regenerate",
  tokenRevoke: "token-revoke",
  tokenValue: "token-value",
  tokenSaved: "token-saved",
  tokenOk: "token-ok",
  tokenDisplay: "token-display",
  switchTestMode: "switch-test-mode",
  forceSync: "force-sync",
  syncCancel: "sync-cancel",
  syncProgress: "sync-progress",
  syncResult: "sync-result",
  saveBar: "save-bar",
  saveChanges: "save-changes",
  discard: "discard",
  viewLatestReport: "view-latest-report",

  confirmInput: "confirm-input",
  confirmOk: "confirm-ok",
  confirmCancel: "confirm-cancel",

  reportRow: "report-row",
  planTitle: "plan-title",
  turnOffTestMode: "turn-off-test-mode",
  allowOnce: "allow-once",
  changeRow: "change-row",
  hold: "hold",
  release: "release",
  holds: "holds",
  holdRow: "hold-row",
  undo: "undo",
  undoPerson: "undo-person",
  consequence: (name: string) => `consequence-${name}`,
  compare: "compare",
  whyNot: "why-not",
  whyNotAddress: "why-not-address",
  whyNotAsk: "why-not-ask",
  whyNotAnswer: "why-not-answer",
  mapping: "mapping",
  exemptList: "exempt-list",
  exemptImport: "exempt-import",
  exemptAddress: "exempt-address",
  exemptAdd: "exempt-add",
  tab: (name: string) => `tab-${name}`,
  section: (action: string) => `section-${action}`,

  exportMenu: "export-menu",
  exportFormat: (format: string) => `export-${format}`,
  exportResult: "export-result",

  logRow: "log-row",
  olderEvents: "older-events",
  logSearch: "log-search",
  logFilter: (key: string) => `log-filter-${key}`,
  columns: "columns",
  userRow: "user-row",
  groupRow: "group-row",
  accountRow: "account-row",
  accountsImport: "accounts-import",
  importResult: "import-result",
  accountExempt: "account-exempt",
  accountProtected: "account-protected",

  dataBackUp: "data-back-up",
  dataRestore: "data-restore",
  dataResult: "data-result",
  trouble: "trouble",

  field: (name: string) => `field-${name}`,
  theme: (name: string) => `theme-${name}`,
} as const;
