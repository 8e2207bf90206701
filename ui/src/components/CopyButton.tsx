import { Button, Tooltip } from "@fluentui/react-components";
import { Checkmark20Regular, Copy20Regular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { writeClipboard, writeSecret } from "../lib/clipboard";
import { text } from "../text";

type Props = {
  what: string;
  value: string;
  className?: string;
  /** A secret: it leaves the clipboard again after a while, as the preferences say. */
  secret?: boolean;
  /** Hears whether it worked, and then says so itself when it did not. */
  onTried?: (copied: boolean) => void;
};

/** How long the answer stands: a tick is seen at once, a sentence is read. */
const SHOWN = { copied: 2000, failed: 8000 };

/** Copies a value; says so with a tick, and aloud. Where copying fails it says what to do instead. */
export function CopyButton({ what, value, className, secret = false, onTried }: Props) {
  const [outcome, setOutcome] = useState<"copied" | "failed" | null>(null);
  const [pointed, setPointed] = useState(false);
  const failed = outcome === "failed" && !onTried;

  useEffect(() => {
    if (!outcome) return undefined;
    const timer = setTimeout(() => setOutcome(null), SHOWN[outcome]);
    return () => clearTimeout(timer);
  }, [outcome]);

  const copy = async () => {
    const copied = await (secret ? writeSecret(value) : writeClipboard(value));
    setOutcome(copied ? "copied" : "failed");
    onTried?.(copied);
  };

  return (
    <>
      <Tooltip
        content={failed ? text.common.notCopied : text.common.copy(what)}
        relationship="label"
        visible={pointed || failed}
        onVisibleChange={(_, { visible }) => setPointed(visible)}
      >
        <Button
          className={className}
          appearance="subtle"
          size="small"
          aria-label={text.common.copy(what)}
          icon={outcome === "copied" ? <Checkmark20Regular /> : <Copy20Regular />}
          onClick={() => void copy()}
        />
      </Tooltip>
      <span className="sr" aria-live="polite">
        {outcome === "copied" && text.common.copied(what)}
        {failed && text.common.notCopied}
      </span>
    </>
  );
}
