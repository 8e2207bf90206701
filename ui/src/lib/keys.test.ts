import { expect, test } from "vitest";
import { keysOf } from "./keys";

const none = { ctrlKey: false, metaKey: false, altKey: false, shiftKey: false };

test.each([
  [{ key: "k", ctrlKey: true }, "Ctrl+K"],
  [{ key: "k", metaKey: true }, "Ctrl+K"],
  [{ key: "F1" }, "F1"],
  [{ key: "Enter", ctrlKey: true }, "Ctrl+Enter"],
  [{ key: "/", ctrlKey: true, shiftKey: true }, "Ctrl+/"],
  [{ key: "?", shiftKey: true }, "?"],
  [{ key: "S", ctrlKey: true, shiftKey: true }, "Ctrl+Shift+S"],
  [{ key: "Control", ctrlKey: true }, ""],
])("%o is %s", (event, keys) => {
  expect(keysOf({ ...none, ...event })).toBe(keys);
});
