import { Button, Menu, MenuItemRadio, MenuList, MenuPopover, MenuTrigger, Tooltip } from "@fluentui/react-components";
import { DarkTheme20Regular } from "@fluentui/react-icons";
import { type Preference, PREFERENCES, usePreference } from "../hooks/usePreference";
import { testids } from "../testids";
import { text } from "../text";

export function ThemeMenu() {
  const [choice, choose] = usePreference("theme");
  return (
    <Menu
      checkedValues={{ theme: [choice] }}
      onCheckedValueChange={(_, { checkedItems }) => choose(checkedItems[0] as Preference<"theme">)}
    >
      <MenuTrigger disableButtonEnhancement>
        <Tooltip content={text.theme.label(text.theme[choice])} relationship="label">
          <Button appearance="subtle" icon={<DarkTheme20Regular />} data-testid={testids.themeSelect} />
        </Tooltip>
      </MenuTrigger>
      <MenuPopover>
        <MenuList>
          {PREFERENCES.theme.map((each) => (
            <MenuItemRadio key={each} name="theme" value={each} data-testid={testids.theme(each)}>
              {text.theme[each]}
            </MenuItemRadio>
          ))}
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}
