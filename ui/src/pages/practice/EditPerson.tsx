import { Button, Field, Input, Switch } from "@fluentui/react-components";
import { useState } from "react";
import type { PracticeEdit, PracticePerson } from "../../api/bindings";
import { usePracticeAct } from "../../api/practice";
import { Details } from "../../components/Details";
import { Refusal } from "../../components/Refusal";
import { testids } from "../../testids";
import { text } from "../../text";

const words = text.practice;

/** What can be changed about somebody in the practice provider. */
export function EditPerson({ person, onClose }: { person: PracticePerson; onClose: () => void }) {
  return (
    <Details
      title={person.name}
      meta={person.userName}
      onClose={onClose}
      tabs={[{ id: "edit", title: words.edit, body: <Form person={person} /> }]}
    />
  );
}

function Form({ person }: { person: PracticePerson }) {
  const edit = usePracticeAct("practiceEdit");
  const [title, setTitle] = useState(person.title);
  const [department, setDepartment] = useState(person.department);
  const change = (part: Partial<PracticeEdit>) =>
    edit.mutate({ id: person.id, title: null, department: null, enabled: null, deleted: null, assigned: null, ...part });
  const dirty = title !== person.title || department !== person.department;
  const gone = person.deleted;
  return (
    <>
      <p className="quiet">{words.editLead}</p>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (dirty && !gone && !edit.isPending) change({ title, department });
        }}
      >
        <Field label={words.columns.title}>
          <Input value={title} disabled={gone} onChange={(_, { value }) => setTitle(value)} data-testid={testids.practiceTitle} />
        </Field>
        <Field label={words.columns.department}>
          <Input value={department} disabled={gone} onChange={(_, { value }) => setDepartment(value)} />
        </Field>
        <div>
          <Button type="submit" appearance="primary" disabledFocusable={!dirty || gone || edit.isPending} data-testid={testids.practiceSave}>
            {words.save}
          </Button>
        </div>
      </form>
      <Switch label={words.enabled} checked={person.enabled} disabled={gone} onChange={(_, { checked }) => change({ enabled: checked })} />
      <Switch label={words.assigned} checked={person.assigned} disabled={gone} onChange={(_, { checked }) => change({ assigned: checked })} />
      <div>
        <Button onClick={() => change({ deleted: !gone })} disabledFocusable={edit.isPending} data-testid={testids.practiceDelete}>
          {gone ? words.restore : words.remove}
        </Button>
      </div>
      <Refusal error={edit.error} />
    </>
  );
}
