import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../test/render";
import { testids } from "../testids";

test("a cycle runs, says what it came to, and stands in its log", async () => {
  const { user } = renderApp("/practice");
  await user.click(await screen.findByTestId(testids.practiceRun));
  expect((await screen.findByTestId(testids.practiceResult)).textContent).toMatch(/^Initial cycle: \d+ created/);
  expect((await screen.findByTestId(testids.practiceRun)).textContent).toBe("Run cycle");
  await user.click(screen.getByTestId(testids.tab("practice-log")));
  expect((await screen.findAllByTestId(testids.practiceEntry)).length).toBeGreaterThan(3);
});

test("without a connection nothing is sent, and the token is pasted as into any provider", async () => {
  const answers = { token_status: () => ({ state: "active", display: "scimdesk_••••7Q2f", createdAt: "2026-11-24T12:00:00Z", lastUsedAt: null, usesToday: 0 }) };
  const { user, asked } = renderApp("/practice", { fresh: true }, answers);
  const run = await screen.findByTestId(testids.practiceRun);
  expect(run.getAttribute("aria-disabled")).toBe("true");
  await user.type(await screen.findByTestId(testids.practiceTokenInput), "scimdesk_secret");
  await user.click(screen.getByTestId(testids.practiceConnect));
  expect(asked.find(({ command }) => command === "practice_connect")?.request).toEqual({ token: "scimdesk_secret" });
  await waitFor(() => expect(screen.getByTestId(testids.practiceRun).getAttribute("aria-disabled")).not.toBe("true"));
  expect(screen.queryByTestId(testids.practiceTokenInput)).toBeNull();
});

test("an edit changes only what was edited, and waits for the next cycle", async () => {
  const { user, asked } = renderApp("/practice");
  await user.click((await screen.findAllByTestId(testids.practicePerson))[1] as HTMLElement);
  const field = await screen.findByTestId<HTMLInputElement>(testids.practiceTitle);
  await user.clear(field);
  await user.type(field, "Head of Practice");
  await user.click(screen.getByTestId(testids.practiceSave));
  expect(asked.find(({ command }) => command === "practice_edit")?.request).toMatchObject({ title: "Head of Practice", enabled: null, deleted: null });
  const row = () => screen.getAllByTestId(testids.practicePerson)[1] as HTMLElement;
  await waitFor(() => expect(within(row()).getByText("Will be looked at")).toBeTruthy());
  await user.click(screen.getByTestId(testids.practiceDelete));
  await waitFor(() => expect(within(row()).getByText("Deleted")).toBeTruthy());
  expect(screen.getByTestId(testids.practiceDelete).textContent).toBe("Restore");
});
