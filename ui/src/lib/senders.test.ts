import { expect, test } from "vitest";
import type { Sender } from "../api/bindings";
import { hasArrived, isSelf, queryOf } from "./senders";

const sender = (part: Partial<Sender>): Sender => ({
  name: null,
  recognisedBy: "",
  source: "agent/1",
  last: "2026-11-24T12:00:00Z",
  requests: 1,
  today: 1,
  failures: 0,
  unauthorized: 0,
  lastFailure: null,
  asked: 0,
  wroteUsers: 0,
  wroteGroups: 0,
  ...part,
});

test("a guide's step is proven by its own provider only", () => {
  const okta = sender({ name: "Okta", asked: 1, wroteUsers: 2 });
  expect(hasArrived([okta], "okta", "asked")).toBe(true);
  expect(hasArrived([okta], "okta", "groups")).toBe(false);
  expect(hasArrived([okta], "entra", "asked")).toBe(false);
  expect(hasArrived([okta], "other", "asked")).toBe(false);
});

test("anybody who has no guide of their own is another provider, but not this app's own test", () => {
  expect(hasArrived([sender({ name: "Keycloak", asked: 1 })], "other", "asked")).toBe(true);
  const own = sender({ name: "SCIM Desk", asked: 3 });
  expect(isSelf(own)).toBe(true);
  expect(hasArrived([own], "other", "asked")).toBe(false);
});

test("the log is asked for exactly this sender", () => {
  expect(queryOf(sender({ name: "Microsoft Entra ID" }))).toBe('client:"Microsoft Entra ID"');
  expect(queryOf(sender({ source: "my-script/0.3" }))).toBe("source:my-script/0.3");
});
