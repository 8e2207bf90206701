import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { RunRow, Settings } from "../api/bindings";
import { testids } from "../testids";
import { renderApp } from "../test/render";
import { archivesTooMuch } from "./provisioning/TurnOffTestMode";

const savedBy = (asked: { command: string; request: unknown }[]) =>
  asked.filter(({ command }) => command === "settings_save").map(({ request }) => request as Settings);

test("the save bar names the edits; Ctrl+S saves them; it goes", async () => {
  const { user, asked } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.moreSettingsToggle));
  expect(screen.queryByTestId(testids.saveBar)).toBeNull();
  await user.clear(screen.getByTestId(testids.field("logDays")));
  await user.type(screen.getByTestId(testids.field("logDays")), "7");
  await user.clear(screen.getByTestId(testids.field("guardRailAccounts")));
  expect(screen.getByTestId(testids.saveBar).textContent).toContain(
    "You have unsaved changes to Log retention (days) and Guard rail (accounts).",
  );
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(screen.queryByTestId(testids.saveBar)).toBeNull());
  expect(savedBy(asked)).toMatchObject([{ logDays: 7, guardRailAccounts: null, testMode: true }]);
});

test("a refused field says so where it is", async () => {
  const { user } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.moreSettingsToggle));
  await user.clear(screen.getByTestId(testids.field("listen")));
  await user.click(screen.getByTestId(testids.saveChanges));
  const listen = await waitFor(() => {
    const input = screen.getByTestId(testids.field("listen"));
    expect(input.getAttribute("aria-invalid")).toBe("true");
    return input;
  });
  expect(document.getElementById(listen.getAttribute("aria-describedby")?.split(" ")[0] ?? "")?.textContent).toContain(
    "host and a port",
  );
});

test("how the SCIM server answers is part of the settings", async () => {
  const { user, asked } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.moreSettingsToggle));
  await user.click(screen.getByTestId(testids.field("strict")));
  await user.selectOptions(screen.getByTestId(testids.field("patchAnswer")), "noContent");
  await user.selectOptions(screen.getByTestId(testids.field("durability")), "processCrash");
  await user.type(screen.getByTestId(testids.field("rateLimit")), "50");
  expect(screen.getByTestId(testids.saveBar).textContent).toContain("Strict SCIM, Answer to a PATCH, Durability and Request limit");
  await user.click(screen.getByTestId(testids.saveChanges));
  const saved = { strict: true, patchAnswer: "noContent", durability: "processCrash", rateLimit: 50 };
  await waitFor(() => expect(savedBy(asked)).toMatchObject([saved]));
});

test("choosing SCIM turns Test Mode on in the draft and says so", async () => {
  const { user } = renderApp("/provisioning", { fresh: true });
  await user.click(await screen.findByTestId(testids.switchEnabled));
  expect(screen.getByText(/arrives with a later version/)).toBeTruthy();
  await user.click(screen.getByTestId(testids.serviceScim));
  expect(screen.getByTestId<HTMLInputElement>(testids.switchTestMode).checked).toBe(true);
  expect(screen.getByText(/Test Mode is turned on when you save/)).toBeTruthy();
});

test("turning Test Mode off shows the newest report first", async () => {
  const { user, asked } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.switchTestMode));
  await user.click(screen.getByTestId(testids.saveChanges));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText(/3 created, 1 changed, 2 archived, 1 restored/)).toBeTruthy();
  expect(dialog.getByText(/Alias e-mail addresses from ADI are removed/)).toBeTruthy();
  expect(savedBy(asked)).toEqual([]);
  await user.click(dialog.getByTestId(testids.confirmOk));
  await waitFor(() => expect(savedBy(asked)).toMatchObject([{ testMode: false }]));
});

test("a report that is older than the newest request says so", async () => {
  const { user } = renderApp("/provisioning?testMode=off", { newer: 3 });
  await user.click(await screen.findByTestId(testids.saveChanges));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText(/older than the newest request.* sent 3 changes since/)).toBeTruthy();
  expect(dialog.getByRole("link").getAttribute("href")).toBe("#/reports/41");
});

test("beyond the guard rail it asks for `turn off`", async () => {
  const { user } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.moreSettingsToggle));
  await user.clear(screen.getByTestId(testids.field("guardRailAccounts")));
  await user.type(screen.getByTestId(testids.field("guardRailAccounts")), "1");
  await user.click(screen.getByTestId(testids.switchTestMode));
  await user.click(screen.getByTestId(testids.saveChanges));
  await user.type(await screen.findByTestId(testids.confirmInput), "turn off");
  expect(screen.getByTestId<HTMLButtonElement>(testids.confirmOk).disabled).toBe(false);
});

test("without a report it offers a test sync", async () => {
  const { user, asked } = renderApp("/provisioning?testMode=off", { fresh: true });
  await user.click(await screen.findByTestId(testids.saveChanges));
  await user.click(await screen.findByRole("button", { name: "Run a test sync first" }));
  await waitFor(() => expect(asked.some(({ command }) => command === "sync_start")).toBe(true));
  expect(screen.getByTestId(testids.saveBar)).toBeTruthy();
});

test("where the newest report cannot be read, nobody confirms without it", async () => {
  const refuse = () => Promise.reject({ code: "internal", message: "The report is damaged.", hint: null, field: null });
  const { user, asked } = renderApp("/provisioning?testMode=off", {}, { go_live: refuse });
  await user.click(await screen.findByTestId(testids.saveChanges));
  const dialog = within(await screen.findByRole("dialog"));
  expect(await dialog.findByText("The report is damaged.")).toBeTruthy();
  expect(dialog.queryByText(/There is no Test Mode report yet/)).toBeNull();
  expect(dialog.getByTestId<HTMLButtonElement>(testids.confirmOk).disabled).toBe(true);
  expect(savedBy(asked)).toEqual([]);
});

test("leaving with edits asks, and staying keeps them", async () => {
  const { user } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.switchTestMode));
  await user.click(screen.getByTestId(testids.nav("logs")));
  expect(await screen.findByText("Discard 1 change?")).toBeTruthy();
  await user.click(screen.getByTestId(testids.confirmCancel));
  expect(screen.getByTestId(testids.saveBar)).toBeTruthy();

  await user.click(screen.getByTestId(testids.nav("logs")));
  await user.click(await screen.findByTestId(testids.confirmOk));
  expect(await screen.findByRole("heading", { level: 1, name: "Provisioning logs" })).toBeTruthy();
});

test("Force Sync Now ends with a result that leads to its report", async () => {
  const { user } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.forceSync));
  const result = await screen.findByTestId(testids.syncResult);
  expect(result.textContent).toContain("Sync 42 · Completed");
  expect(within(result).getByRole("link").getAttribute("href")).toBe("#/reports/42");
});

test("the guard rail counts accounts and percents", () => {
  const report = (archived: number) => ({ counts: { users: { archived } } }) as RunRow;
  const rail = (guardRailAccounts: number | null, guardRailPercent: number | null) =>
    ({ guardRailAccounts, guardRailPercent }) as Settings;
  expect(archivesTooMuch(report(50), rail(50, null), 100)).toBe(false);
  expect(archivesTooMuch(report(51), rail(50, null), 100)).toBe(true);
  expect(archivesTooMuch(report(21), rail(null, 20), 100)).toBe(true);
  expect(archivesTooMuch(report(99), rail(null, null), 100)).toBe(false);
});
