import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Status } from "../../api/bindings";
import { testids } from "../../testids";
import { renderApp } from "../../test/render";

const commands = (asked: { command: string }[]) => asked.map(({ command }) => command).filter((each) => each.startsWith("data_"));

test("a backup says where it is", async () => {
  const { user } = renderApp("/provisioning");
  expect(await screen.findByText("48 MB in ~/.local/share/scim-desk")).toBeTruthy();
  await user.click(screen.getByTestId(testids.dataBackUp));
  const result = await screen.findByTestId(testids.dataResult);
  expect(result.textContent).toContain("Backed up 41,206 records to:~/SCIM Desk 2026-11-24.jsonl");
});

test("a backup of damaged data says what is not in it", async () => {
  const unread = ["The log events could not be read to their end."];
  const { user } = renderApp("/provisioning", {}, { data_back_up: () => ({ file: "all.jsonl", records: 1, unread }) });
  await user.click(await screen.findByTestId(testids.dataBackUp));
  const result = await screen.findByTestId(testids.dataResult);
  expect(result.textContent).toContain("holds 1 record, and not all there are");
  expect(result.textContent).toContain(unread[0]);
});

test("a restore asks, says what is kept, and starts again", async () => {
  const { user, asked } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.dataRestore));
  const dialog = within(await screen.findByRole("dialog"));
  expect(dialog.getByText(/holds 40,118 records/)).toBeTruthy();
  expect(dialog.getByText(/in a folder that begins with store.before/)).toBeTruthy();
  await user.click(dialog.getByTestId(testids.confirmCancel));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(commands(asked)).not.toContain("data_restore");

  await user.click(screen.getByTestId(testids.dataRestore));
  await user.click(await screen.findByTestId(testids.confirmOk));
  expect(await screen.findByText("40,118 records are ready. SCIM Desk starts again…")).toBeTruthy();
  expect(screen.getByText(/store.before-20261124T020000Z/)).toBeTruthy();
  // It cannot be taken back now.
  await user.click(screen.getByTestId(testids.confirmCancel));
  expect(screen.getByRole("dialog")).toBeTruthy();
});

test("a file that is no backup is refused where it was picked, and no file is no answer", async () => {
  const refusal = { code: "internal", message: "The file notes.txt cannot be restored.", hint: null, field: null };
  const answers = [() => Promise.reject(refusal), () => null];
  const { user } = renderApp("/provisioning", {}, { data_offer_restore: () => answers.shift()?.() });
  await user.click(await screen.findByTestId(testids.dataRestore));
  expect((await screen.findByTestId(testids.dataResult)).textContent).toContain("Nothing was restored.The file notes.txt");
  await user.click(screen.getByTestId(testids.dataRestore));
  await waitFor(() => expect(screen.queryByTestId(testids.dataResult)).toBeNull());
  expect(screen.queryByRole("dialog")).toBeNull();
});

test.each(["/provisioning", "/logs", "/accounts"])("%s says so for as long as nothing can be stored", async (address) => {
  let trouble: string | null = "The disk that holds the data directory /data is full.";
  const status = async (_: unknown, mock: () => Promise<unknown>) => ({ ...((await mock()) as Status), trouble });
  const { user } = renderApp(address, {}, { status_get: status });
  const banner = await screen.findByTestId(testids.trouble);
  expect(banner.textContent).toContain("Nothing can be stored.The disk that holds the data directory /data is full.");
  trouble = null;
  // Whatever changes, the window asks how things stand.
  await user.click(screen.getByTestId(testids.nav("provisioning")));
  await user.click(await screen.findByTestId(testids.forceSync));
  await waitFor(() => expect(screen.queryByTestId(testids.trouble)).toBeNull());
});
