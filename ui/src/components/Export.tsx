import { Button, Menu, MenuItem, MenuList, MenuPopover, MenuTrigger } from "@fluentui/react-components";
import { ArrowDownload20Regular } from "@fluentui/react-icons";
import { useCallback, useState } from "react";
import type { Exported } from "../api/bindings";
import type { CommandError } from "../api/client";
import { useOffer } from "../hooks/useOffer";
import { testids } from "../testids";
import { text } from "../text";
import { Outcome } from "./Outcome";
import { Working } from "./Working";

type MenuProps<F extends string> = { formats: Record<F, string>; busy: boolean; onExport: (format: F) => void };

/** [Export…] and the formats it offers; the shell asks where to. */
export function ExportMenu<F extends string>({ formats, busy, onExport }: MenuProps<F>) {
  const [open, setOpen] = useState(false);
  useOffer(
    "export",
    useCallback(() => setOpen(true), []),
    { why: busy ? text.exports.writing : null },
  );
  return (
    <Menu open={open} onOpenChange={(_, data) => setOpen(data.open)}>
      <MenuTrigger disableButtonEnhancement>
        <Button icon={<ArrowDownload20Regular />} disabledFocusable={busy} data-testid={testids.exportMenu}>
          {text.exports.menu}
        </Button>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {(Object.entries(formats) as [F, string][]).map(([format, name]) => (
            <MenuItem key={format} onClick={() => onExport(format)} data-testid={testids.exportFormat(format)}>
              {name}
            </MenuItem>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

type ResultProps = { busy: boolean; exported: Exported | null | undefined; error: CommandError | null; onDismiss: () => void };

/** That it is being written; then which files were, or why none was. Nothing when the administrator picked no file. */
export function ExportResult({ busy, exported, error, onDismiss }: ResultProps) {
  if (busy) return <Working what={text.exports.writing} />;
  if (error) {
    return (
      <Outcome intent="error" title={text.exports.notWritten} testid={testids.exportResult} onDismiss={onDismiss}>
        {error.message} {error.hint}
      </Outcome>
    );
  }
  if (!exported) return null;
  return (
    <Outcome intent="success" title={text.exports.written(exported)} testid={testids.exportResult} onDismiss={onDismiss}>
      <ul className="files">
        {exported.files.map((file) => (
          <li key={file}>{file}</li>
        ))}
      </ul>
    </Outcome>
  );
}
