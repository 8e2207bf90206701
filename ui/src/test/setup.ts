// What jsdom lacks and the pages need: a size for virtual lists, media queries, observers.

import { cleanup, configure } from "@testing-library/react";
import { afterEach, vi } from "vitest";

// The machine may be busy with something else.
configure({ asyncUtilTimeout: 20_000 });

window.matchMedia = (media: string) =>
  ({
    media,
    matches: false,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList;

window.ResizeObserver = class {
  readonly #report: ResizeObserverCallback;
  constructor(report: ResizeObserverCallback) {
    this.#report = report;
  }
  observe() {
    queueMicrotask(() => this.#report([], this));
  }
  unobserve() {}
  disconnect() {}
};

for (const [name, size] of Object.entries({ offsetHeight: 600, clientHeight: 600, offsetWidth: 900, clientWidth: 900 })) {
  Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
}
HTMLElement.prototype.scrollTo = () => undefined;

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});
