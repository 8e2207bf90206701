import { screen, waitFor, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { renderApp } from "../test/render";
import { testids } from "../testids";

afterEach(() => localStorage.clear());

const chart = (name: string) => within(screen.getByRole("figure", { name }));

test("the state is one sentence, and what is next and what needs somebody stand below", async () => {
  renderApp("/");
  expect((await screen.findByText(/Connected\. Test Mode is on/)).dataset["testid"]).toBe(testids.standing);
  expect(within(await screen.findByTestId(testids.nextSteps)).getByText("4 of 5 done")).toBeTruthy();
  expect(await within(screen.getByTestId(testids.attention)).findByText(/carried a token that is not in force/)).toBeTruthy();
});

test("every chart says in a sentence what it shows, and is a table as well", async () => {
  const { user } = renderApp("/");
  await screen.findByRole("figure", { name: "Requests, last 24 hours" });
  for (const each of await screen.findAllByRole("figure")) {
    expect(each.querySelector("figcaption")?.textContent).toMatch(/\.$/);
    await user.click(within(each).getByRole("button", { name: "Show as table" }));
    expect(within(each).getAllByRole("row").length).toBeGreaterThan(3);
  }
  const table = chart("Account changes per sync");
  expect(table.getByRole("columnheader", { name: "Archived" })).toBeTruthy();
  await user.click(table.getByRole("link", { name: "41" }));
  expect(window.location.hash).toBe("#/reports/41");
});

test("a sync under way is shown with its phases, and can be cancelled", async () => {
  const { user, asked } = renderApp("/", { pace: 20 });
  await screen.findByTestId(testids.standing);
  await user.keyboard("{Control>}{Enter}{/Control}");
  const card = within(await screen.findByTestId(testids.runningSync));
  expect(card.getByText("Reading the directory", { selector: "li" }).getAttribute("aria-current")).toBe("step");
  await user.click(card.getByRole("button", { name: "Cancel sync" }));
  expect(asked.some(({ command }) => command === "sync_cancel")).toBe(true);
  await waitFor(() => expect(screen.queryByTestId(testids.runningSync)).toBeNull());
});

test("with nothing there the charts say so and the welcome opens once", async () => {
  const { user } = renderApp("/", { fresh: true });
  await screen.findByTestId(testids.welcomeStep(1));
  await user.click(screen.getByTestId(testids.welcomeSkip));
  expect(await screen.findByText("No requests in the last 24 hours.", { selector: "figure:nth-of-type(2) figcaption" })).toBeTruthy();
  expect(screen.getAllByText("No sync has run yet.")).toHaveLength(2);
  expect(screen.queryByRole("button", { name: "Show as table" })).toBeNull();
});
