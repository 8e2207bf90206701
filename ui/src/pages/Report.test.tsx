import { screen, waitFor } from "@testing-library/react";
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
