import { screen, waitFor } from "@testing-library/react";
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

test("addresses are put on the exempt list and taken from it", async () => {
  const { user } = renderApp("/accounts");
  await user.click(await screen.findByTestId(testids.exemptList));
  await user.type(await screen.findByTestId(testids.exemptAddress), "nobody{Enter}");
  expect(await screen.findByText(/"nobody" is no e-mail address/)).toBeTruthy();
  await user.clear(screen.getByTestId(testids.exemptAddress));
  await user.type(screen.getByTestId(testids.exemptAddress), "mara@contoso.example{Enter}");
  await user.click(await screen.findByRole("button", { name: "Remove mara@contoso.example" }));
  await waitFor(() => expect(screen.queryByText("mara@contoso.example")).toBeNull());
});

test("the attribute mapping is shown as one table", async () => {
  const { user } = renderApp("/accounts");
  await user.click(await screen.findByTestId(testids.mapping));
  expect(await screen.findByRole("rowheader", { name: "enterprise:department" })).toBeTruthy();
});

test("an account is protected from being archived", async () => {
  const { user, asked } = renderApp("/accounts?id=acc-41");
  await user.click(await screen.findByTestId(testids.accountProtected));
  await waitFor(() => expect(screen.getByTestId<HTMLInputElement>(testids.accountProtected).checked).toBe(true));
  expect(asked.find(({ command }) => command === "account_protect")?.request).toMatchObject({ protected: true });
});
