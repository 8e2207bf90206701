import { Field, Input } from "@fluentui/react-components";
import { useState } from "react";
import { useSettings, useSettingsSave } from "../../api/queries";
import { Confirm } from "../../components/Confirm";
import { testids } from "../../testids";
import { settingLabel, text } from "../../text";

/** Another address for the server; it is taken before it is saved, so that a port in use changes nothing. */
export function ChangeAddress({ onClose }: { onClose: () => void }) {
  const { data: settings } = useSettings();
  const save = useSettingsSave();
  const [typed, setTyped] = useState<string | null>(null);
  const listen = typed ?? settings?.listen ?? "";
  return (
    <Confirm
      title={text.connection.changeTitle}
      confirm={text.connection.changeConfirm}
      busy={!settings || save.isPending || listen === settings.listen}
      error={save.error}
      onCancel={onClose}
      onConfirm={() => settings && save.mutate({ ...settings, listen }, { onSuccess: onClose })}
    >
      <p>{text.connection.changeBody}</p>
      <Field label={settingLabel.listen}>
        <Input value={listen} spellCheck={false} onChange={(_, { value }) => setTyped(value)} data-testid={testids.newAddress} />
      </Field>
    </Confirm>
  );
}
