import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { testids } from "../testids";
import { renderApp } from "../test/render";

test("an import that takes its time shows that the file is being read", async () => {
  let finish = () => {};
  const gate = new Promise<void>((open) => (finish = open));
  const { user } = renderApp("/accounts", {}, { accounts_import: (_, mock) => gate.then(mock) });
  await user.click(await screen.findByTestId(testids.accountsImport));
  expect(await screen.findByRole("progressbar", { name: "Reading the file…" })).toBeTruthy();
  finish();
  await screen.findByTestId(testids.importResult);
  expect(screen.queryByRole("progressbar")).toBeNull();
});
