import { act, screen, waitFor, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, test } from "vitest";
import { clearNotices } from "../lib/notices";
import { routeOf, routes, trailTo } from "../routes";
import { renderApp } from "../test/render";
import { testids } from "../testids";
import { pageHelp, text } from "../text";
import { isFound } from "./paletteEntries";

beforeEach(clearNotices);
afterEach(() => localStorage.clear());

const options = () => screen.getAllByTestId(testids.paletteOption);
const heading = (name: string) => screen.findByRole("heading", { level: 1, name });

test("the table of pages is complete: titles, help and keys, each once", () => {
  expect(new Set(routes.map(({ path }) => path)).size).toBe(routes.length);
  const keys = routes.flatMap(({ keys: each }) => each ?? []);
  expect(new Set(keys).size).toBe(keys.length);
  for (const { id, title } of routes) {
    expect(title).toBe(text.pages[id]);
    expect(pageHelp[id].lead).toMatch(/\.$/);
  }
});

test("an address belongs to a page, and the breadcrumbs lead to it", () => {
  expect(routeOf("/")?.id).toBe("overview");
  expect(routeOf("/reports/41")?.id).toBe("reports");
  expect(routeOf("/reporters")).toBeUndefined();
  expect(trailTo("/provisioning")).toEqual(["Account settings", "User management"]);
  expect(trailTo("/reports/41")).toEqual(["Review", { title: "Test Mode reports", path: "/reports" }]);
});

test.each([
  ["", "Provisioning logs", true],
  ["prov lo", "Provisioning logs", true],
  ["ogs", "Provisioning logs", false],
  ["conf", "Connection", true],
])("%j finds %j: %j", (search, title, found) => {
  expect(isFound(search, title, title === "Connection" ? "Configure" : "")).toBe(found);
});

test("Ctrl+K finds pages, and Enter goes there and gives it the focus", async () => {
  const { user } = renderApp("/reports");
  await heading("Test Mode reports");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByTestId(testids.paletteInput), "dire{Enter}");
  const arrived = await heading("Directory");
  await waitFor(() => expect(document.activeElement).toBe(arrived));
});

test("the palette finds people and syncs, and the arrows choose", async () => {
  const { user } = renderApp("/reports");
  await heading("Test Mode reports");
  await user.keyboard("{Control>}k{/Control}");
  const input = await screen.findByTestId(testids.paletteInput);
  await user.type(input, "amara");
  await waitFor(() => expect(options()[0]?.textContent).toContain("amara."));
  await user.keyboard("{ArrowDown}");
  expect(options()[1]?.getAttribute("aria-selected")).toBe("true");
  expect(input.getAttribute("aria-activedescendant")).toBe(options()[1]?.id);
  await user.clear(input);
  await user.type(input, "sync 41{Enter}");
  await waitFor(() => expect(window.location.hash).toBe("#/reports/41"));
});

test("an action that cannot be done is listed with the reason, and Enter does nothing", async () => {
  const { user, asked } = renderApp("/reports", { fresh: true });
  await heading("Test Mode reports");
  await user.keyboard("{Control>}k{/Control}");
  await user.type(await screen.findByTestId(testids.paletteInput), "force");
  expect(options()[0]?.textContent).toContain("User Provisioning is off.");
  expect(options()[0]?.getAttribute("aria-disabled")).toBe("true");
  await user.keyboard("{Enter}");
  expect(asked.some(({ command }) => command === "sync_start")).toBe(false);
});

test("keys go to pages, start a sync and open the help; behind a dialog they do nothing", async () => {
  const { user, asked } = renderApp("/reports");
  await heading("Test Mode reports");
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(asked.some(({ command }) => command === "sync_start")).toBe(true));
  await user.keyboard("{Control>}6{/Control}");
  await heading("Directory");
  await user.keyboard("{F1}");
  expect(within(await screen.findByTestId(testids.help)).getByText(pageHelp.directory.lead)).toBeTruthy();
  await user.keyboard("{Control>}7{/Control}");
  expect(window.location.hash).toBe("#/directory");
});

test("the list of shortcuts has every page and action with keys", async () => {
  const { user } = renderApp("/reports");
  await heading("Test Mode reports");
  await user.keyboard("{Control>}/{/Control}");
  const list = within(await screen.findByRole("dialog"));
  for (const { title } of routes.filter(({ keys }) => keys)) expect(list.getByText(title)).toBeTruthy();
  expect(list.getByText("Ctrl+R · F5")).toBeTruthy();
});

test("single keys work once they are wanted, and never while somebody types", async () => {
  localStorage.setItem("scim-desk.singleKeys", "on");
  const { user } = renderApp("/directory");
  await heading("Directory");
  const box = await screen.findByRole("searchbox");
  await user.keyboard("/");
  await waitFor(() => expect(document.activeElement).toBe(box));
  await user.keyboard("a/?");
  expect((box as HTMLInputElement).value).toBe("a/?");
  expect(screen.queryByRole("dialog")).toBeNull();
});

test("what was saved is told at the edge of the window and stays in the list", async () => {
  const { user } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.moreSettingsToggle));
  await user.type(await screen.findByLabelText("Quiet time"), "1");
  await user.keyboard("{Control>}s{/Control}");
  expect(await within(screen.getByTestId(testids.toasts)).findByText("Changes saved")).toBeTruthy();
  act(() => screen.getByTestId(testids.noticesOpen).click());
  expect(within(await screen.findByTestId(testids.notices)).getByText("Changes saved")).toBeTruthy();
});

test("a sync that ends is listed with its report", async () => {
  const { user } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.forceSync));
  await waitFor(() => expect(screen.getByTestId(testids.noticesOpen).getAttribute("aria-label")).toContain("1 unread"));
  await user.click(screen.getByTestId(testids.noticesOpen));
  await user.click(await screen.findByRole("link", { name: "Open the report" }));
  expect(window.location.hash).toBe("#/reports/42");
});
