import { expect, test } from "vitest";
import { ago, count, duration, text } from "./text";

test("one account, and two thousand", () => {
  expect(count(1, "account", "accounts")).toBe("1 account");
  expect(count(2000, "account", "accounts")).toBe("2,000 accounts");
  expect(count(0, "account", "accounts")).toBe("0 accounts");
});

test("what would be discarded is counted", () => {
  expect(text.saveBar.leave(1)).toBe("Discard 1 change?");
  expect(text.saveBar.leave(2)).toBe("Discard 2 changes?");
});

test("the save bar names what was edited", () => {
  const plain = (labels: string[]) =>
    text.saveBar
      .unsaved(labels)
      .map((part) => (typeof part === "string" ? part : `**${part.strong}**`))
      .join("");
  expect(plain(["Test Mode"])).toBe("You have unsaved changes to **Test Mode**.");
  expect(plain(["Test Mode", "Listen address"])).toBe("You have unsaved changes to **Test Mode** and **Listen address**.");
});

test("hidden attributes are counted", () => {
  expect(text.report.unchanged(1)).toBe("1 unchanged attribute hidden");
  expect(text.report.unchanged(14)).toBe("14 unchanged attributes hidden");
});

test("times are told from now", () => {
  const now = Date.parse("2026-08-22T14:00:00Z");
  expect(ago("2026-08-22T13:59:40Z", now)).toBe("just now");
  expect(ago("2026-08-22T13:58:00Z", now)).toBe("2 min ago");
  expect(ago("2026-08-22T10:59:00Z", now)).toBe("3 hr ago");
});

test("durations have the unit that fits", () => {
  expect(duration(3.14)).toBe("3.1 ms");
  expect(duration(41)).toBe("41 ms");
  expect(duration(1400)).toBe("1.4 s");
});
