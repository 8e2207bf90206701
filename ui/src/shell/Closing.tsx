import { Button } from "@fluentui/react-components";
import { useEffect, useState } from "react";
import { hear } from "../api/client";
import { usePutAway, useQuit } from "../api/queries";
import { Confirm } from "../components/Confirm";
import { navigate } from "../hooks/useHash";
import { testids } from "../testids";
import { text } from "../text";

/** Follows links into the window. */
export function useLinks(): void {
  useEffect(() => hear("open", (page) => navigate(page)), []);
}

/** Asked once, at the first closing: whether the server goes on behind the status icon. */
export function Closing() {
  const [asking, setAsking] = useState(false);
  const [putAway, quit] = [usePutAway(), useQuit()];
  useEffect(() => hear("closing", () => setAsking(true)), []);
  if (!asking) return null;
  const close = () => setAsking(false);
  return (
    <div data-testid={testids.closing}>
      <Confirm
        title={text.closing.title}
        confirm={text.closing.keep}
        other={<Button onClick={() => quit.mutate(null)}>{text.closing.quit}</Button>}
        busy={putAway.isPending || quit.isPending}
        error={putAway.error ?? quit.error}
        onConfirm={() => putAway.mutate(null, { onSuccess: close })}
        onCancel={close}
      >
        <p>{text.closing.body}</p>
      </Confirm>
    </div>
  );
}
