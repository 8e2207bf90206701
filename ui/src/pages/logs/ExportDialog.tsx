import { Button, Checkbox, Field, Radio, RadioGroup } from "@fluentui/react-components";
import { useState } from "react";
import type { Exported, LogFormat } from "../../api/bindings";
import { call, type CommandError } from "../../api/client";
import { testids } from "../../testids";
import { text } from "../../text";
import { Sheet } from "./LogSheet";
import { useWalk } from "./useWalk";
import { Walking } from "./Walking";

type Props = {
  query: string;
  masked: boolean;
  onClose: () => void;
  onDone: (exported: Exported | null, error: CommandError | null) => void;
};

const isCsv = (format: LogFormat) => format.startsWith("csv");

/** What to export as, and how; the shell asks where to. */
export function ExportDialog({ query, masked, onClose, onDone }: Props) {
  const [format, setFormat] = useState<LogFormat>("csv");
  const [mask, setMask] = useState(masked);
  const [bom, setBom] = useState(true);
  const walk = useWalk(() => call("logsExport", { query, format, masked: mask, byteOrderMark: bom }));
  const go = () =>
    walk.mutate(undefined, {
      onSuccess: (exported) => exported && onDone(exported, null),
      onError: (error) => onDone(null, error),
    });
  return (
    <Sheet
      title={text.logs.exportTitle}
      onClose={onClose}
      busy={walk.isPending}
      action={
        <Button appearance="primary" disabledFocusable={walk.isPending} onClick={go} data-testid={testids.logExportGo}>
          {text.logs.exportGo}
        </Button>
      }
    >
      <p>{text.logs.exportLead(query)}</p>
      <Field label={text.logs.format}>
        <RadioGroup value={format} onChange={(_, { value }) => setFormat(value as LogFormat)}>
          {(Object.entries(text.logs.formats) as [LogFormat, string][]).map(([value, label]) => (
            <Radio key={value} value={value} label={label} data-testid={testids.exportFormat(value)} />
          ))}
        </RadioGroup>
      </Field>
      {isCsv(format) && (
        <Field hint={text.logs.bomHint}>
          <Checkbox label={text.logs.bom} checked={bom} onChange={(_, { checked }) => setBom(checked === true)} />
        </Field>
      )}
      <Field hint={text.logs.exportMaskHint}>
        <Checkbox label={text.logs.exportMask} checked={mask} onChange={(_, { checked }) => setMask(checked === true)} />
      </Field>
      {walk.isPending && <Walking what={text.logs.walking.export} />}
    </Sheet>
  );
}
