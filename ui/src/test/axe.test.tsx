import { screen } from "@testing-library/react";
import axe from "axe-core";
import { expect, test } from "vitest";
import { renderApp } from "./render";

/** Fluent's focus sentinels are hidden and focusable by design: tabster issue 288. */
const ours = { exclude: ["[data-tabster-dummy]"] };

/** jsdom paints nothing, so contrast is looked at in the window. */
const rules = { "color-contrast": { enabled: false } };

const pages: [string, string][] = [
  ["/", "Account changes per sync"],
  ["/welcome", "Run the first test sync"],
  ["/connection", "Identity providers seen"],
  ["/connection?guide=okta", "Okta in the cloud"],
  ["/lessons", "Turn on User Provisioning"],
  ["/lessons/glossary", "The secret with which"],
  ["/lessons/errors", "syncRunning"],
  ["/lessons/shortcuts", "Open the command palette"],
  ["/practice", "Behaves like"],
  ["/preferences", "Messages of the system"],
  ["/about", "Nothing leaves this computer"],
  ["/provisioning", "Enable User Provisioning (User Syncing)"],
  ["/reports", "Completed"],
  ["/reports/41", "Mara Okafor|Amara"],
  ["/reports/39", "The sync was stopped."],
  ["/reports/41?tab=held", "The account is protected"],
  ["/reports/41?people=losesAccess", "Show all changes"],
  ["/reports/38/with/41", "Only in report 41"],
  ["/logs", "PATCH User"],
  ["/logs?event=1200", "1. Authenticate"],
  ["/directory", "userName"],
  ["/directory/groups", "Treasury"],
  ["/accounts", "Address"],
  ["/accounts?id=acc-41", "Keep out of provisioning"],
  ["/nowhere", "Page not found"],
  ["/reports/abc", "Page not found"],
  ["/logs?event=abc", "Page not found"],
];

test.each(pages)("%s is accessible", async (address, landmark) => {
  renderApp(address);
  await screen.findAllByText(new RegExp(landmark.replace(/[().]/g, "\\$&")));
  await new Promise((done) => setTimeout(done, 100));
  const { violations } = await axe.run({ include: ["body"], ...ours }, { rules });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`)).toEqual([]);
});

test.each(pages)("%s has one heading of the first rank, and names the window after it", async (address, landmark) => {
  renderApp(address);
  await screen.findAllByText(new RegExp(landmark.replace(/[().]/g, "\\$&")));
  const headings = screen.getAllByRole("heading", { level: 1 });
  expect(headings).toHaveLength(1);
  expect(document.title).toBe(`${headings[0]?.textContent} – SCIM Desk`);
  expect(document.activeElement).toBe(headings[0]);
});

test.each(["/provisioning", "/reports", "/logs", "/directory", "/directory/groups", "/accounts"])(
  "%s says so when there is nothing yet",
  async (address) => {
    renderApp(address, { fresh: true });
    expect(await screen.findByText(/^No .* yet\.|^Turn on User Provisioning|Turn this on/)).toBeTruthy();
  },
);
