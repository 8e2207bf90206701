// The application around the window: preferences, what it is, its errors, and the test of the connection.

import type { About, ConnectionTest, ErrorCatalogue, PreferencesState, StepOutcome } from "../bindings";

export const preferencesState: PreferencesState = {
  preferences: { closeToTray: true, notify: true, notifyAlways: false, startAtLogin: false },
  noTray: null,
  noAutostart: null,
};

export const about: About = {
  version: "0.1.0",
  license: "MIT OR Apache-2.0",
  dataDir: "~/.local/share/scim-desk",
  dataBytes: 48_300_000,
  logEvents: 1200,
  diagnostics: "Standard error; SCIM_DESK_LOG=info says more.",
  program: "/usr/bin/scim-desk",
  system: "linux on x86_64",
  webView: "2.50.6",
  parts: [
    { name: "Tauri", purpose: "the window", license: "MIT OR Apache-2.0" },
    { name: "sled", purpose: "the store", license: "MIT OR Apache-2.0" },
    { name: "React", purpose: "the interface", license: "MIT" },
  ],
};

const STEPS: [name: string, detail: string, ms: number][] = [
  ["Reach the server", "Something listens on 127.0.0.1:8443.", 0.4],
  ["Keep strangers out", "Without a token the answer is 401, as it should be.", 2.1],
  ["Sign in with a token", "The server says what it supports.", 1.8],
  ["Look for a user", "What does not exist was not found: an empty list, as providers expect it.", 2.6],
  ["Look for a group", "What does not exist was not found: an empty list, as providers expect it.", 2.2],
];

export function testOf(tenantUrl: string, hasToken: boolean): ConnectionTest {
  const failsAt = hasToken ? STEPS.length : 2;
  return {
    at: new Date().toISOString(),
    tenantUrl,
    steps: STEPS.map(([name, detail, ms], place) => {
      const outcome: StepOutcome = place < failsAt ? "worked" : place === failsAt ? "failed" : "notTried";
      const said = outcome === "failed" ? "The server answers, but there is no SCIM token in force. Generate one and give it to your identity provider." : detail;
      return { name, outcome, detail: outcome === "notTried" ? "" : said, ms: outcome === "notTried" ? 0 : ms };
    }),
    worked: hasToken,
  };
}

export const errors: ErrorCatalogue = {
  rows: [
    { code: "unauthorized", httpStatus: 401, sentence: "The request carries no token. Put the SCIM token into the identity provider's Secret Token field." },
    { code: "invalidFilter", httpStatus: 400, sentence: "The filter `<filter>` cannot be read at character 1: <why>." },
    { code: "uniqueness", httpStatus: 409, sentence: "Another resource has the <attribute> `<value>`." },
    { code: "syncRunning", httpStatus: null, sentence: "A sync is under way. Wait until it has ended, or cancel it." },
  ],
};
