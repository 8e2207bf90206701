import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { testids } from "../testids";
import { renderApp } from "../test/render";

afterEach(() => localStorage.clear());

const headings = () => screen.getAllByRole("columnheader").map(({ textContent }) => textContent);

test("any attribute of the schemas can be a column, and stays one", async () => {
  const { user, asked, unmount } = renderApp("/directory");
  await screen.findAllByTestId(testids.userRow);
  expect(headings()).not.toContain("department");
  await user.click(screen.getByTestId(testids.columns));
  const menu = within(await screen.findByRole("menu"));
  expect(menu.getByText("Enterprise User")).toBeTruthy();
  await user.click(menu.getByRole("menuitemcheckbox", { name: "department" }));
  await waitFor(() => expect(headings()).toContain("department"));
  const path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department";
  expect(asked.findLast(({ command }) => command === "users_list")?.request).toMatchObject({ columns: [path] });
  await waitFor(() => expect(screen.getAllByText(/^(Finance|Sales|Legal|Support|People)$/).length).toBeGreaterThan(0));

  unmount();
  renderApp("/directory");
  await screen.findAllByTestId(testids.userRow);
  await waitFor(() => expect(headings()).toContain("department"));
});

test("a column that is no longer offered is forgotten", async () => {
  localStorage.setItem("scim-desk.directory.columns", '["gone", 7]');
  const { asked } = renderApp("/directory");
  await screen.findAllByTestId(testids.userRow);
  expect(asked.findLast(({ command }) => command === "users_list")?.request).toMatchObject({ columns: [] });
});
