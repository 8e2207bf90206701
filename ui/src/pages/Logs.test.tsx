import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import { testids } from "../testids";
import { renderApp } from "../test/render";

test("the quick filters write into the query, and the query into the address", async () => {
  const { user, asked } = renderApp("/logs");
  await screen.findAllByTestId(testids.logRow);
  await user.selectOptions(screen.getByTestId(testids.logFilter("status")), "failure");
  await user.selectOptions(screen.getByTestId(testids.logFilter("kind")), "request");
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("status:failure kind:request");
  expect(decodeURIComponent(window.location.hash)).toBe("#/logs?query=status:failure+kind:request");
  await waitFor(() => expect(asked.at(-1)?.request).toMatchObject({ query: "status:failure kind:request" }));

  await user.selectOptions(screen.getByTestId(testids.logFilter("status")), "");
  expect(screen.getByTestId<HTMLInputElement>(testids.logSearch).value).toBe("kind:request");
});

test("what is typed is searched, and the filters follow", async () => {
  const { user } = renderApp("/logs");
  await user.type(await screen.findByTestId(testids.logSearch), "status:skipped");
  expect(screen.getByTestId<HTMLSelectElement>(testids.logFilter("status")).value).toBe("skipped");
  await waitFor(() => expect(screen.getByText(/match$/)).toBeTruthy());
});

test("a row opens its details, and the address remembers it", async () => {
  const { user } = renderApp("/logs");
  const [row] = await screen.findAllByTestId(testids.logRow);
  await user.click(row as HTMLElement);
  expect(await screen.findByText("1. Authenticate")).toBeTruthy();
  expect(window.location.hash).toBe("#/logs?event=1200");
});

test("an export says which files were written", async () => {
  const { user } = renderApp("/logs");
  await user.click(await screen.findByTestId(testids.exportMenu));
  await user.click(await screen.findByTestId(testids.exportFormat("csv")));
  const result = await screen.findByTestId(testids.exportResult);
  expect(result.textContent).toContain("Exported 1,200 rows to 3 files");
  expect(result.textContent).toContain("log-steps.csv");
});
