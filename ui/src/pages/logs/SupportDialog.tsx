import { Accordion, AccordionHeader, AccordionItem, AccordionPanel, Button } from "@fluentui/react-components";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { BundlePart, Exported } from "../../api/bindings";
import { call, type CommandError } from "../../api/client";
import { Outcome } from "../../components/Outcome";
import { Answer } from "../../components/States";
import { testids } from "../../testids";
import { text } from "../../text";
import { Sheet } from "./LogSheet";

/** What a support bundle would hold, file by file; then it is saved. */
export function SupportDialog({ onClose }: { onClose: () => void }) {
  const preview = useQuery<BundlePart[], CommandError>({
    queryKey: ["bundlePreview"],
    queryFn: () => call("bundlePreview"),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const save = useMutation<Exported | null, CommandError>({ mutationFn: () => call("bundleSave"), gcTime: 0 });
  return (
    <Sheet
      title={text.logs.supportTitle}
      onClose={onClose}
      busy={save.isPending}
      wide
      action={
        <Button
          appearance="primary"
          disabledFocusable={save.isPending || !preview.data}
          onClick={() => save.mutate()}
          data-testid={testids.logExportGo}
        >
          {text.logs.supportSave}
        </Button>
      }
    >
      <p>{text.logs.supportLead}</p>
      {save.data && (
        <Outcome intent="success" title={text.logs.supportSaved} testid={testids.exportResult} onDismiss={save.reset}>
          <span className="mono">{save.data.files.join(" ")}</span>
        </Outcome>
      )}
      {save.error && (
        <Outcome intent="error" title={text.exports.notWritten} testid={testids.exportResult} onDismiss={save.reset}>
          {save.error.message}
        </Outcome>
      )}
      <Answer query={preview} rows={6}>
        {(parts) => (
          <Accordion collapsible multiple>
            {parts.map(({ name, purpose, bytes, text: content }) => (
              <AccordionItem key={name} value={name}>
                <AccordionHeader>
                  <span className="mono">{name}</span>&ensp;
                  <span className="quiet">{text.logs.kilobytes(bytes)}</span>
                </AccordionHeader>
                <AccordionPanel>
                  <p className="quiet">{purpose}</p>
                  <div className="code">
                    <pre>{content}</pre>
                  </div>
                </AccordionPanel>
              </AccordionItem>
            ))}
          </Accordion>
        )}
      </Answer>
    </Sheet>
  );
}
