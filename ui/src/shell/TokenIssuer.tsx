// A new token is shown once, so the window keeps it and not a page: whoever leaves the page while
// the token is being made sees it all the same. It lives here, in `issued`, and nowhere else.

import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useMemo, useRef, useState } from "react";
import { call, type CommandError, toCommandError } from "../api/client";
import { invalidateTopics } from "../api/queries";
import { TokenDialog } from "../pages/provisioning/TokenDialog";

export type Issue = "tokenGenerate" | "tokenRegenerate";

type Issuer = {
  /** A token is being made. */
  busy: boolean;
  error: CommandError | null;
  /** Makes a token and shows it; answers whether there is one. While one is being made there is no second. */
  issue: (command: Issue) => Promise<boolean>;
  forgetError: () => void;
};

const Context = createContext<Issuer | null>(null);

export function useTokenIssuer(): Issuer {
  const issuer = use(Context);
  if (!issuer) throw new Error("outside of TokenIssuer");
  return issuer;
}

export function TokenIssuer({ children }: { children: ReactNode }) {
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<CommandError | null>(null);
  const [issued, setIssued] = useState<string | null>(null);
  // Two clicks may come before the buttons are drawn as disabled.
  const making = useRef(false);

  const issuer = useMemo<Issuer>(() => {
    const issue = async (command: Issue) => {
      if (making.current) return false;
      making.current = true;
      setBusy(true);
      setError(null);
      try {
        const { token } = await call(command);
        setIssued(token);
        invalidateTopics(client, ["token"]);
        return true;
      } catch (thrown) {
        setError(toCommandError(thrown));
        return false;
      } finally {
        making.current = false;
        setBusy(false);
      }
    };
    return { busy, error, issue, forgetError: () => setError(null) };
  }, [busy, error, client]);

  return (
    <Context value={issuer}>
      {children}
      {issued !== null && <TokenDialog token={issued} onClose={() => setIssued(null)} />}
    </Context>
  );
}
