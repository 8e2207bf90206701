// What the page in view offers to the shortcuts and the command palette: saving, exporting.

import { useEffect, useSyncExternalStore } from "react";

export type OfferId = "save" | "discard" | "export";
export type Offer = { act: () => void; why: string | null };

const offers = new Map<OfferId, Offer>();
const listeners = new Set<() => void>();
let version = 0;

function tell(): void {
  version += 1;
  for (const each of listeners) each();
}

/** Offers something while the component stands there. `why` says what stands in its way. */
export function useOffer(id: OfferId, act: () => void, { why = null, active = true }: { why?: string | null; active?: boolean } = {}): void {
  useEffect(() => {
    if (!active) return undefined;
    const offer = { act, why };
    offers.set(id, offer);
    tell();
    return () => {
      if (offers.get(id) !== offer) return;
      offers.delete(id);
      tell();
    };
  }, [id, act, why, active]);
}

/** What is offered now. */
export function useOffers(): ReadonlyMap<OfferId, Offer> {
  useSyncExternalStore(subscribe, () => version);
  return offers;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
