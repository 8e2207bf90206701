import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { settingLabel } from "../text";
import { useDraft } from "./useDraft";

const saved = { testMode: true, listen: "127.0.0.1:8443", logDays: 30 };

test("an edit is on top of what was saved, and named", () => {
  const { result } = renderHook(() => useDraft(saved));
  act(() => result.current.edit({ listen: "127.0.0.1:9000" }));
  act(() => result.current.edit({ testMode: false }));
  expect(result.current.value).toEqual({ testMode: false, listen: "127.0.0.1:9000", logDays: 30 });
  expect(result.current.dirty.map((key) => settingLabel[key])).toEqual(["Listen address", "Test Mode"]);
});

test("an edit back to the saved value is no edit", () => {
  const { result } = renderHook(() => useDraft(saved));
  act(() => result.current.edit({ logDays: 7 }));
  act(() => result.current.edit({ logDays: 30 }));
  expect(result.current.dirty).toEqual([]);
});

test("discarding goes back to what was saved", () => {
  const { result } = renderHook(() => useDraft(saved));
  act(() => result.current.edit({ logDays: 7 }));
  act(() => result.current.discard());
  expect(result.current.value).toEqual(saved);
});

test("nothing is dirty before the saved value is known", () => {
  const { result } = renderHook(() => useDraft<typeof saved>(undefined));
  act(() => result.current.edit({ logDays: 7 }));
  expect(result.current).toMatchObject({ value: undefined, dirty: [] });
});
