import { expect, test } from "vitest";
import { readWord, writeWord } from "./query";

test("a quick filter writes its word at the end", () => {
  expect(writeWord("", "status", "failure")).toBe("status:failure");
  expect(writeWord('mara identity:"mara okafor"', "since", "24h")).toBe('mara identity:"mara okafor" since:24h');
});

test("it replaces the word where it stands, and takes it out", () => {
  expect(writeWord("status:failure mara", "status", "skipped")).toBe("status:skipped mara");
  expect(writeWord("status:failure mara", "status", "")).toBe("mara");
});

test("values with spaces are quoted, and read back without the marks", () => {
  const query = writeWord("", "identity", "mara okafor");
  expect(query).toBe('identity:"mara okafor"');
  expect(readWord(query, "identity")).toBe("mara okafor");
});

test("a word inside quotation marks is no key", () => {
  expect(readWord('reason:"status:failure"', "status")).toBe("");
});
