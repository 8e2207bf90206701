import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { LESSONS } from "../lib/lessons";
import { renderApp } from "../test/render";
import { testids } from "../testids";

afterEach(() => localStorage.clear());

test("a preference counts at once and stays", async () => {
  const { user, unmount } = renderApp("/preferences");
  await user.selectOptions(await screen.findByTestId(testids.preference("theme")), "dark");
  await waitFor(() => expect(document.documentElement.dataset["theme"]).toBe("dark"));
  await user.selectOptions(screen.getByTestId(testids.preference("density")), "compact");
  unmount();
  renderApp("/preferences");
  expect((await screen.findByTestId<HTMLSelectElement>(testids.preference("density"))).value).toBe("compact");
  expect(document.documentElement.dataset["density"]).toBe("compact");
});

test("what the computer cannot do is off and says why", async () => {
  const none = "The library for status icons is not installed.";
  const state = { preferences: { closeToTray: true, notify: true, notifyAlways: false, startAtLogin: false }, noTray: none, noAutostart: null };
  renderApp("/preferences", {}, { preferences_get: () => state });
  const tray = await screen.findByTestId<HTMLInputElement>(testids.preference("close-to-tray"));
  expect(tray.disabled).toBe(true);
  expect(tray.checked).toBe(false);
  expect(screen.getByText(none)).toBeTruthy();
});

test("telling of every sync turns telling on", async () => {
  const { user, asked } = renderApp("/preferences");
  await user.click(await screen.findByTestId(testids.preference("notify")));
  await user.click(screen.getByTestId(testids.preference("notify-always")));
  await waitFor(() => expect(asked.at(-1)?.request).toMatchObject({ notify: true, notifyAlways: true }));
});

test("a lesson is checked in the console's own state", async () => {
  const { user } = renderApp("/lessons?lesson=clean");
  await user.click(await screen.findByTestId(testids.lessonCheck("clean")));
  expect(await screen.findByText(/^Not yet: the app does not see it/)).toBeTruthy();
  await user.click(screen.getByRole("button", { name: /Turn on User Provisioning/ }));
  await user.click(await screen.findByTestId(testids.lessonCheck("enable")));
  expect(await screen.findByText(/^Reached: the app sees it/)).toBeTruthy();
});

test("nothing is reached where nothing was done", async () => {
  renderApp("/lessons", { fresh: true });
  expect(await screen.findByText(`0 of ${LESSONS.length} reached`, { selector: "p" })).toBeTruthy();
});

test("the errors are those of the engine, and can be searched", async () => {
  const { user } = renderApp("/lessons/errors");
  await screen.findAllByTestId(testids.knownError);
  await user.type(screen.getByRole("searchbox"), "filter");
  await waitFor(() => expect(screen.getAllByTestId(testids.knownError)).toHaveLength(1));
  await user.type(screen.getByRole("searchbox"), "zzz");
  await user.click((await screen.findAllByRole("button", { name: "Clear filters" })).at(-1) as HTMLElement);
  expect(await screen.findAllByTestId(testids.knownError)).toHaveLength(4);
});

test("the welcome leads from nothing to a report with real settings", async () => {
  const { user, asked } = renderApp("/welcome", { fresh: true });
  await user.click(await screen.findByTestId(testids.welcomeEnable));
  await user.click(await screen.findByTestId(testids.welcomeToken));
  await user.click(await screen.findByTestId(testids.tokenSaved));
  await user.click(screen.getByTestId(testids.tokenOk));
  expect(await within(await screen.findByTestId(testids.welcomeStep(3))).findByText("Waiting for its first request…")).toBeTruthy();
  await user.click(screen.getByTestId(testids.welcomeNext));
  await user.click(await screen.findByTestId(testids.welcomeSync));
  await waitFor(() => expect(asked.some(({ command }) => command === "sync_start")).toBe(true));
  await user.click((await screen.findAllByRole("link", { name: "Open the report" }))[0] as HTMLElement);
  expect(window.location.hash).toMatch(/^#\/reports\/\d+$/);
});

test("a list is sorted by a column, the other way round, and as usual again", async () => {
  const { user, asked } = renderApp("/accounts");
  await screen.findAllByTestId(testids.accountRow);
  const sorted = () => asked.findLast(({ command }) => command === "accounts_list")?.request;
  const heading = () => screen.getByRole("columnheader", { name: /Name/ });
  await user.click(screen.getByTestId(testids.sortBy("name")));
  await waitFor(() => expect(sorted()).toMatchObject({ sort: { column: "name", descending: false } }));
  expect(heading().getAttribute("aria-sort")).toBe("ascending");
  await user.click(screen.getByTestId(testids.sortBy("name")));
  await waitFor(() => expect(sorted()).toMatchObject({ sort: { column: "name", descending: true } }));
  expect(window.location.hash).toBe("#/accounts?sort=-name");
  await user.click(screen.getByTestId(testids.sortBy("name")));
  await waitFor(() => expect(heading().getAttribute("aria-sort")).toBe("none"));
});

test("a column that was hidden stays hidden; the usual ones come back at once", async () => {
  const { user, unmount } = renderApp("/accounts");
  await screen.findAllByTestId(testids.accountRow);
  await user.click(screen.getByTestId(testids.columns));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: "Managed by" }));
  await waitFor(() => expect(screen.queryByTestId(testids.sortBy("managedBy"))).toBeNull());
  unmount();
  const again = renderApp("/accounts");
  await screen.findAllByTestId(testids.accountRow);
  expect(screen.queryByTestId(testids.sortBy("managedBy"))).toBeNull();
  await again.user.click(screen.getByTestId(testids.columns));
  await again.user.click(await screen.findByRole("menuitem", { name: "Only the usual columns" }));
  await waitFor(() => expect(screen.getByTestId(testids.sortBy("managedBy"))).toBeTruthy());
});
