import { Button, Tooltip, useId } from "@fluentui/react-components";
import { Checkmark20Regular, Copy20Regular } from "@fluentui/react-icons";
import { useEffect, useState } from "react";
import { text } from "../text";

type Props = { what: string; value: string; className?: string; onCopied?: () => void };

/** Copies a value; says so with a tick for two seconds, and aloud. */
export function CopyButton({ what, value, className, onCopied }: Props) {
  const [copied, setCopied] = useState(false);
  const live = useId("copied");

  useEffect(() => {
    if (!copied) return undefined;
    const timer = setTimeout(() => setCopied(false), 2000);
    return () => clearTimeout(timer);
  }, [copied]);

  const copy = async () => {
    await writeClipboard(value);
    setCopied(true);
    onCopied?.();
  };

  return (
    <>
      <Tooltip content={text.common.copy(what)} relationship="label">
        <Button
          className={className}
          appearance="subtle"
          size="small"
          icon={copied ? <Checkmark20Regular /> : <Copy20Regular />}
          onClick={() => void copy()}
        />
      </Tooltip>
      <span id={live} className="sr" aria-live="polite">
        {copied ? text.common.copied(what) : ""}
      </span>
    </>
  );
}

/** The clipboard API where there is one; a selection and `copy` where the webview has none. */
async function writeClipboard(value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
  } catch {
    const field = document.createElement("textarea");
    field.value = value;
    field.className = "sr";
    (document.querySelector("[role=alertdialog], [role=dialog]") ?? document.body).append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}
