import {
  Button,
  Field,
  Input,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
} from "@fluentui/react-components";
import { Bookmark20Regular, Delete16Regular } from "@fluentui/react-icons";
import { useState } from "react";
import { useStored } from "../../hooks/useStored";
import { testids } from "../../testids";
import { text } from "../../text";
import { Sheet } from "./LogSheet";

/** A view is a name and a query; they are kept as one word of the list, with a tab between. */
const asView = (word: string): [string, string] => {
  const at = word.indexOf("\t");
  return [word.slice(0, at), word.slice(at + 1)];
};

/** Searches that were given a name, and the way to name this one. They stay on this computer. */
export function SavedViews({ query, onOpen }: { query: string; onOpen: (query: string) => void }) {
  const [words, keep] = useStored("log-views");
  const [naming, setNaming] = useState(false);
  const [name, setName] = useState("");
  const views = words.filter((word) => word.includes("\t")).map(asView);
  const save = () => {
    keep([...words.filter((word) => asView(word)[0] !== name.trim()), `${name.trim()}\t${query}`]);
    setName("");
    setNaming(false);
  };
  return (
    <>
      <Menu>
        <MenuTrigger disableButtonEnhancement>
          <Button icon={<Bookmark20Regular />} data-testid={testids.logSavedViews}>
            {text.logs.savedViews}
          </Button>
        </MenuTrigger>
        <MenuPopover>
          <MenuList>
            {[...text.logs.givenViews, ...views].map(([title, search]) => (
              <MenuItem key={title} secondaryContent={search} onClick={() => onOpen(search)}>
                {title}
              </MenuItem>
            ))}
            <MenuDivider />
            <MenuItem disabled={!query} onClick={() => setNaming(true)}>
              {text.logs.saveView}
            </MenuItem>
            {views.length > 0 && (
              <MenuGroup>
                <MenuGroupHeader>{text.logs.removeViews}</MenuGroupHeader>
                {views.map(([title]) => (
                  <MenuItem
                    key={title}
                    icon={<Delete16Regular />}
                    aria-label={text.logs.removeView(title)}
                    onClick={() => keep(words.filter((word) => asView(word)[0] !== title))}
                  >
                    {title}
                  </MenuItem>
                ))}
              </MenuGroup>
            )}
          </MenuList>
        </MenuPopover>
      </Menu>
      {naming && (
        <Sheet
          title={text.logs.saveView}
          onClose={() => setNaming(false)}
          action={
            <Button appearance="primary" disabledFocusable={!name.trim()} onClick={save}>
              {text.logs.save}
            </Button>
          }
        >
          <Field label={text.logs.viewName} hint={query}>
            <Input
              value={name}
              onChange={(_, { value }) => setName(value.replaceAll("\t", " "))}
              onKeyDown={({ key }) => key === "Enter" && name.trim() && save()}
            />
          </Field>
        </Sheet>
      )}
    </>
  );
}
