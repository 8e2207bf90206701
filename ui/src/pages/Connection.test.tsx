import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { renderApp } from "../test/render";
import { testids } from "../testids";

test("the test shows its five steps with their times", async () => {
  const { user } = renderApp("/connection");
  await user.click(await screen.findByTestId(testids.connectionTest));
  const result = within(await screen.findByTestId(testids.connectionResult));
  expect(result.getAllByRole("listitem")).toHaveLength(5);
  expect(result.getByText("2.6 ms")).toBeTruthy();
});

test("a step that fails says what to do, and the rest were not tried", async () => {
  const { user } = renderApp("/connection", { fresh: true });
  await user.click(await screen.findByTestId(testids.connectionTest));
  const result = within(await screen.findByTestId(testids.connectionResult));
  expect(result.getByText(/Generate one and give it to your identity provider/)).toBeTruthy();
  expect(result.getAllByLabelText("Not tried")).toHaveLength(2);
});

test("the palette's Test connection starts it", async () => {
  const { asked } = renderApp("/connection?test=now");
  await screen.findByTestId(testids.connectionResult);
  expect(asked.filter(({ command }) => command === "connection_test")).toHaveLength(1);
  expect(window.location.hash).toBe("#/connection");
});

test("whoever was refused is listed with the reason, and the log is one click away", async () => {
  const { user } = renderApp("/connection");
  const rows = await screen.findAllByTestId(testids.senderRow);
  const stranger = rows.find((row) => row.textContent?.includes("my-script")) as HTMLElement;
  expect(stranger.textContent).toContain("401");
  expect(stranger.textContent).toContain("was replaced on");
  await user.click(within(stranger).getByRole("link", { name: "Open in the log" }));
  expect(decodeURIComponent(window.location.hash)).toMatch(/^#\/logs\?query=source:my-script\/0\.3&event=\d+$/);
});

test("a guide has this server's values, and its steps turn green when the request is there", async () => {
  const { user } = renderApp("/connection");
  await user.click(await screen.findByTestId(testids.tab("guide-okta")));
  const steps = await screen.findAllByTestId(testids.guideStep);
  expect(steps.filter((step) => step.className === "arrived")).toHaveLength(3);
  expect(screen.getByLabelText<HTMLInputElement>("SCIM connector base URL").value).toBe("http://127.0.0.1:8443/scim/v2/3f1c9a");
  await user.click(screen.getByTestId(testids.tab("guide-oneLogin")));
  await waitFor(() => expect(screen.getAllByTestId(testids.guideStep).every((step) => step.className === "")).toBe(true));
});

test("a token that somebody has is told from the one in force", async () => {
  const { user } = renderApp("/connection");
  await user.click(await screen.findByTestId(testids.checkToken));
  await user.type(await screen.findByTestId(testids.checkTokenInput), "scimdesk_old");
  await user.click(screen.getByTestId(testids.checkTokenAct));
  await waitFor(() => expect(screen.getByTestId(testids.checkTokenVerdict).textContent).toContain("never one of this console"));
  await user.type(screen.getByTestId(testids.checkTokenInput), "7Q2f");
  expect(screen.getByTestId(testids.checkTokenVerdict).textContent).toBe("");
  await user.click(screen.getByTestId(testids.checkTokenAct));
  await waitFor(() => expect(screen.getByTestId(testids.checkTokenVerdict).textContent).toContain("the token in force"));
  // The button keeps the focus while it waits, so Escape still closes the dialog.
  expect(document.activeElement).toBe(screen.getByTestId(testids.checkTokenAct));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByTestId(testids.checkTokenInput)).toBeNull());
});

test("the server is stopped and started, and moved; an address that cannot be had changes nothing", async () => {
  const { user } = renderApp("/connection");
  await user.click(await screen.findByTestId(testids.serverStop));
  await waitFor(() => expect(screen.getByTestId(testids.serverState).textContent).toContain("Not listening"));
  await user.click(screen.getByTestId(testids.serverStart));
  await waitFor(() => expect(screen.getByTestId(testids.serverState).textContent).toBe("Listening on 127.0.0.1:8443"));
  await user.click(screen.getByTestId(testids.changeAddress));
  const field = await screen.findByTestId(testids.newAddress);
  await user.clear(field);
  await user.type(field, "nowhere");
  await user.click(screen.getByTestId(testids.confirmOk));
  expect(await screen.findByText(/needs a host and a port/)).toBeTruthy();
  await user.type(field, ":9000");
  await user.click(screen.getByTestId(testids.confirmOk));
  await waitFor(() => expect(screen.getByTestId(testids.serverState).textContent).toBe("Listening on nowhere:9000"));
});
