import { describe, expect, it } from "vitest";
import { complete, suggest, wordAtCaret } from "./suggest";

const known = {
  keys: { status: "how", source: "who", since: "when", is: "what" },
  values: { status: ["success", "failure"], since: ["24h"] },
  counted: { status: [{ value: "failure", count: 7 }], client: [{ value: "Microsoft Entra ID", count: 3 }] },
};
const words = (before: string) => suggest(before, known).map(({ word }) => word);

describe("completion of a log query", () => {
  it("offers keys while a word is begun, and every key for an empty box", () => {
    expect(words("s")).toEqual(["status:", "source:", "since:"]);
    expect(words("-st")).toEqual(["-status:"]);
    expect(words("")).toHaveLength(4);
    expect(words("okta ")).toEqual([]);
    expect(words("mara")).toEqual([]);
  });

  it("offers values, those of the log first", () => {
    expect(suggest("x status:", known)).toEqual([
      { word: "status:failure", hint: "", events: 7 },
      { word: "status:success", hint: "", events: null },
    ]);
    expect(words("client:micro")).toEqual(['client:"Microsoft Entra ID"']);
    expect(words('client:"Microsoft E')).toEqual(['client:"Microsoft Entra ID"']);
    expect(words("status:failure")).toEqual([]);
  });

  it("replaces the word at the caret and leaves the others", () => {
    expect(wordAtCaret('a identity:"mara ok')).toBe('identity:"mara ok');
    expect(complete("okta sta", 8, "status:")).toEqual({ query: "okta status:", caret: 12 });
    expect(complete("okta sta", 8, "status:failure")).toEqual({ query: "okta status:failure ", caret: 20 });
    expect(complete("status:f okta", 8, "status:failure")).toEqual({ query: "status:failure okta", caret: 15 });
  });
});
