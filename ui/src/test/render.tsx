import { createDOMRenderer, FluentProvider, webLightTheme } from "@fluentui/react-components";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import type { ReactNode } from "react";
import { App, createQueryClient } from "../App";
import { type Host, replaceHost } from "../api/client";
import { createMock, type MockOptions } from "../api/mock";
import { navigate } from "../hooks/useHash";

/** Answers a command in place of the mock; `mock` is what that would have said. */
type Answers = { [command: string]: (request: unknown, mock: () => Promise<unknown>) => unknown };

/** The whole window at an address, with the mock in place of the shell. What was asked of it is in `asked`. */
export function renderApp(address: string, options: MockOptions = {}, answers: Answers = {}) {
  const mock = createMock({ pace: 0, live: false, ...options });
  const asked: { command: string; request: unknown }[] = [];
  const host: Host = {
    ...mock,
    invoke: async (command, args) => {
      asked.push({ command, request: args.request });
      const answer = () => mock.invoke(command, args);
      return answers[command] ? answers[command](args.request, answer) : answer();
    },
  };
  replaceHost(host);
  navigate(address, { replace: true });
  return { user: userEvent.setup(), asked, ...render(<App renderer={createDOMRenderer(document)} />) };
}

/** One component, with a theme and a query cache. */
export function renderPiece(piece: ReactNode) {
  const client = createQueryClient();
  return {
    user: userEvent.setup(),
    client,
    ...render(
      <FluentProvider theme={webLightTheme}>
        <QueryClientProvider client={client}>{piece}</QueryClientProvider>
      </FluentProvider>,
    ),
  };
}
