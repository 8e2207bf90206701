import { screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { renderPiece } from "../test/render";
import { CopyButton } from "./CopyButton";

/** A webview without the clipboard API, whose `copy` answers this. */
function oldWebview(answer: () => boolean) {
  vi.spyOn(navigator.clipboard, "writeText").mockRejectedValue(new Error("NotAllowedError"));
  document.execCommand = vi.fn<() => boolean>(answer);
}

afterEach(() => {
  Reflect.deleteProperty(document, "execCommand");
});

test("what was copied is said once it was copied", async () => {
  const onTried = vi.fn<(copied: boolean) => void>();
  const { user } = renderPiece(<CopyButton what="Tenant URL" value="https://x/" onTried={onTried} />);
  oldWebview(() => true);
  await user.click(screen.getByRole("button", { name: "Copy Tenant URL" }));
  expect(await screen.findByText("Tenant URL copied")).toBeTruthy();
  expect(onTried).toHaveBeenCalledExactlyOnceWith(true);
});

test.each([
  ["refuses", () => false],
  [
    "throws",
    () => {
      throw new Error("no");
    },
  ],
])("a webview that %s is not taken for a copy", async (_, answer) => {
  const { user } = renderPiece(<CopyButton what="Tenant URL" value="https://x/" />);
  oldWebview(answer);
  await user.click(screen.getByRole("button", { name: "Copy Tenant URL" }));
  expect((await screen.findAllByText("Copying did not work. Select the text and copy it.")).length).toBeGreaterThan(0);
  expect(screen.queryByText("Tenant URL copied")).toBeNull();
  expect(document.querySelector("textarea")).toBeNull();
});
