import { createContext, useContext } from "react";

/** Whether personal data is masked, for what lies deep in the page. */
export const Masked = createContext(false);

export const useMasked = () => useContext(Masked);
