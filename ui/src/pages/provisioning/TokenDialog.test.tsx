import { screen, waitFor } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { navigate } from "../../hooks/useHash";
import { testids } from "../../testids";
import { renderApp, renderPiece } from "../../test/render";
import { TokenDialog } from "./TokenDialog";

const enabled = (testid: string) => screen.getByTestId(testid).getAttribute("aria-disabled") !== "true";

test("OK waits for the check box", async () => {
  const onClose = vi.fn<() => void>();
  const { user } = renderPiece(<TokenDialog token="scimdesk_secret" onClose={onClose} />);
  expect(screen.getByRole("alertdialog")).toBeTruthy();
  await user.click(screen.getByTestId(testids.tokenOk));
  await user.keyboard("{Escape}");
  expect(onClose).not.toHaveBeenCalled();

  await user.click(screen.getByTestId(testids.tokenSaved));
  expect(enabled(testids.tokenOk)).toBe(true);
  await user.click(screen.getByTestId(testids.tokenOk));
  expect(onClose).toHaveBeenCalledOnce();
});

test("OK waits for the copy, too", async () => {
  const { user } = renderPiece(<TokenDialog token="scimdesk_secret" onClose={() => undefined} />);
  expect(enabled(testids.tokenOk)).toBe(false);
  await user.click(screen.getByRole("button", { name: "Copy SCIM token" }));
  await waitFor(() => expect(enabled(testids.tokenOk)).toBe(true));
  expect(await navigator.clipboard.readText()).toBe("scimdesk_secret");
});

test("once the dialog is closed the token is nowhere", async () => {
  const { user } = renderApp("/provisioning", { fresh: true });
  await user.click(await screen.findByTestId(testids.switchEnabled));
  await user.click(screen.getByTestId(testids.serviceScim));
  await user.click(screen.getByTestId(testids.scimSettingsToggle));
  await user.click(await screen.findByTestId(testids.tokenGenerate));
  const token = (await screen.findByTestId<HTMLInputElement>(testids.tokenValue)).value;
  expect(token).toMatch(/^scimdesk_/);

  await user.click(screen.getByTestId(testids.tokenSaved));
  await user.click(screen.getByTestId(testids.tokenOk));
  await waitFor(() => expect(screen.queryByTestId(testids.tokenValue)).toBeNull());
  expect(document.documentElement.outerHTML).not.toContain(token);
  for (const input of document.querySelectorAll("input")) expect(input.value).not.toBe(token);
  expect((await screen.findByTestId<HTMLInputElement>(testids.tokenDisplay)).value).toBe("scimdesk_••••Xk41");
});

test("without a token only Generate can be used, and the others say why", async () => {
  const { user } = renderApp("/provisioning", { fresh: true });
  await user.click(await screen.findByTestId(testids.switchEnabled));
  await user.click(screen.getByTestId(testids.serviceScim));
  await user.click(screen.getByTestId(testids.scimSettingsToggle));
  await screen.findByTestId(testids.tokenGenerate);
  expect(enabled(testids.tokenGenerate)).toBe(true);
  for (const each of [testids.tokenRegenerate, testids.tokenRevoke, testids.forceSync]) expect(enabled(each)).toBe(false);
});

test("revoking asks for its word", async () => {
  const { user, asked } = renderApp("/provisioning");
  await user.click(await screen.findByTestId(testids.tokenRevoke));
  const confirm = () => screen.getByTestId<HTMLButtonElement>(testids.confirmOk);
  expect(confirm().disabled).toBe(true);
  await user.type(screen.getByTestId(testids.confirmInput), "revoke");
  expect(confirm().disabled).toBe(false);
  await user.click(confirm());
  await screen.findByTestId(testids.tokenGenerate);
  expect(asked.some(({ command }) => command === "token_revoke")).toBe(true);
});

test("a copy that failed does not count as saved", async () => {
  const { user } = renderPiece(<TokenDialog token="scimdesk_secret" onClose={() => undefined} />);
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("NotAllowedError"));
  document.execCommand = () => false;
  await user.click(screen.getByRole("button", { name: "Copy SCIM token" }));
  expect(await screen.findByText("Copying did not work. Select the text and copy it.")).toBeTruthy();
  expect(enabled(testids.tokenOk)).toBe(false);
  Reflect.deleteProperty(document, "execCommand");
});

/** A shell that takes its time over a token; `finish` lets it go on. */
function slowly() {
  let finish = () => {};
  const gate = new Promise<void>((open) => (finish = open));
  return { answer: (_: unknown, mock: () => Promise<unknown>) => gate.then(mock), finish: () => finish() };
}

async function regenerate(user: ReturnType<typeof renderApp>["user"]) {
  await user.click(await screen.findByTestId(testids.tokenRegenerate));
  await user.type(screen.getByTestId(testids.confirmInput), "regenerate");
}

test("two clicks make one token", async () => {
  const slow = slowly();
  const { user, asked } = renderApp("/provisioning", {}, { token_regenerate: slow.answer });
  await regenerate(user);
  await user.dblClick(screen.getByTestId(testids.confirmOk));
  expect(screen.getByTestId<HTMLButtonElement>(testids.confirmOk).disabled).toBe(true);
  await user.click(screen.getByTestId(testids.confirmCancel));
  expect(enabled(testids.tokenRegenerate)).toBe(false);
  slow.finish();
  expect(await screen.findByTestId(testids.tokenValue)).toBeTruthy();
  expect(asked.filter(({ command }) => command === "token_regenerate")).toHaveLength(1);
});

test("a token made while another page is open is shown there", async () => {
  const slow = slowly();
  const { user } = renderApp("/provisioning", {}, { token_regenerate: slow.answer });
  await regenerate(user);
  await user.click(screen.getByTestId(testids.confirmOk));
  navigate("/logs", { replace: true });
  expect(await screen.findByRole("heading", { level: 1, name: "Provisioning logs" })).toBeTruthy();
  slow.finish();
  expect((await screen.findByTestId<HTMLInputElement>(testids.tokenValue)).value).toMatch(/^scimdesk_/);
});
