// What may stand over the page: one at a time.

import { createContext, use } from "react";

export type Overlay = "palette" | "shortcuts" | "help" | "notices";

export type Overlays = { shown: Overlay | null; show: (overlay: Overlay | null) => void };

const Context = createContext<Overlays | null>(null);

export const OverlaysProvider = Context.Provider;

export function useOverlays(): Overlays {
  const overlays = use(Context);
  if (!overlays) throw new Error("outside of OverlaysProvider");
  return overlays;
}
