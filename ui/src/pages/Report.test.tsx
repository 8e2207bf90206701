import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { testids } from "../testids";
import { renderApp } from "../test/render";

test("a report whose rows are no longer kept says so", async () => {
  renderApp("/reports/41?tab=group", {}, { report_rows: () => ({ total: 0, rows: [] }) });
  await waitFor(() => expect(screen.getAllByText("The rows of this report are no longer kept.")).toHaveLength(2));
  expect(screen.queryByText("No group changes.")).toBeNull();
});

test("allowing once says up to how many accounts may be archived", async () => {
  const { user } = renderApp("/reports/39");
  await user.click(await screen.findByTestId(testids.allowOnce));
  expect(
    await screen.findByText(/Up to 61 accounts may be archived; if there are more by then, the sync stops again\./),
  ).toBeTruthy();
});

test("a sync that is still running has no rows to show", async () => {
  const running = async (_: unknown, mock: () => Promise<unknown>) => {
    const report = (await mock()) as { run: object };
    return { ...report, run: { ...report.run, status: "processing", finishedAt: null } };
  };
  const { asked } = renderApp("/reports/41", {}, { report_get: running });
  expect(await screen.findByText(/The sync is in progress/)).toBeTruthy();
  expect(asked.some(({ command }) => command === "report_rows")).toBe(false);
});

test("a row is put on hold, stands in the list of what is on hold, and is released there", async () => {
  const { user, asked } = renderApp("/reports/41");
  const [hold] = await screen.findAllByTestId(testids.hold);
  await user.click(hold as HTMLElement);
  expect(await screen.findByTestId(testids.release)).toBeTruthy();
  expect(asked.find(({ command }) => command === "report_hold")?.request).toMatchObject({ id: 41 });
  await user.click(screen.getByText("Test Mode reports", { selector: "nav ol a" }));
  await user.click(await screen.findByTestId(testids.holds));
  const row = await screen.findByTestId(testids.holdRow);
  expect(row.textContent).toContain("to create");
  await user.click(within(row).getByTestId(testids.release));
  expect(await screen.findByText(/Nothing is on hold/)).toBeTruthy();
});

test("what a protected account is spared is said, and leads to the account", async () => {
  renderApp("/reports/41?tab=held");
  expect(await screen.findByText("The account is protected, so it was not archived.")).toBeTruthy();
  expect(screen.getByText("Open account").getAttribute("href")).toContain("#/accounts?id=");
});

test("what happens to people picks the changes that do it", async () => {
  const { user } = renderApp("/reports/41");
  await user.click(await screen.findByTestId(testids.consequence("losesAccess")));
  await waitFor(() => expect(screen.getAllByTestId(testids.changeRow)).toHaveLength(2));
  expect(screen.getByTestId<HTMLButtonElement>(testids.consequence("changesAddress")).disabled).toBe(true);
  await user.click(screen.getByText("Show all changes"));
  expect(await screen.findByTestId(testids.tab("users"))).toBeTruthy();
});

test("a live sync is undone once it is said what that takes back and what it leaves", async () => {
  const { user, asked } = renderApp("/reports/34");
  await user.click(await screen.findByTestId(testids.undo));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText(/Job title was changed again by sync 40/)).toBeTruthy();
  expect(dialog.getByText(/Test Mode is turned on/)).toBeTruthy();
  await user.click(screen.getByTestId(testids.confirmOk));
  expect(await screen.findByText(/This is the undo of sync 34/)).toBeTruthy();
  expect(asked.find(({ command }) => command === "sync_undo")?.request).toEqual({ id: 34, account: null });
});

test("a Test Mode report says what has been sent since", async () => {
  renderApp("/reports/41", { newer: 3 });
  expect(await screen.findByText(/has sent 3 changes since this report/)).toBeTruthy();
});

test("a report whose rows are gone is not offered for a comparison", async () => {
  const pruned = async (_: unknown, mock: () => Promise<unknown>) => {
    const page = (await mock()) as { rows: { id: number }[] };
    return { ...page, rows: page.rows.map((run) => (run.id === 38 ? { ...run, canCompare: false } : run)) };
  };
  renderApp("/reports/41", {}, { reports_list: pruned });
  await waitFor(() => expect(screen.getByTestId(testids.compare).querySelectorAll("option").length).toBeGreaterThan(2));
  const options = [...screen.getByTestId(testids.compare).querySelectorAll("option")].map(({ value }) => value);
  expect(options).not.toContain("report 38");
});

test("any two reports are compared", async () => {
  const { user } = renderApp("/reports/41");
  await screen.findByTestId(testids.compare);
  await waitFor(() => expect(screen.getByTestId(testids.compare).querySelectorAll("option").length).toBeGreaterThan(2));
  const options = [...screen.getByTestId(testids.compare).querySelectorAll("option")].map(({ value }) => value);
  expect(options).toContain("report 39"); // The guard rail stopped it; its plan is kept.
  await user.selectOptions(screen.getByTestId(testids.compare), "report 38");
  expect(await screen.findByText("Report 38 compared with report 41")).toBeTruthy();
  expect(await screen.findByText(/2 new, 1 gone, 20 the same/)).toBeTruthy();
});

test("why not: an address is asked about and answered in a paragraph", async () => {
  const { user } = renderApp("/reports");
  await user.click(await screen.findByTestId(testids.whyNot));
  await user.type(screen.getByTestId(testids.whyNotAddress), "nobody@contoso.example{Enter}");
  expect((await screen.findByTestId(testids.whyNotAnswer)).textContent).toContain("has not sent nobody@contoso.example");
});
