import { Button } from "@fluentui/react-components";
import { Component, type ReactNode } from "react";
import { Page } from "../components/Page";
import { Empty } from "../components/States";
import { testids } from "../testids";
import { text } from "../text";

type State = { crash: Error | null };

/** A page that throws takes only itself down; going to another page starts afresh. */
export class ErrorBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { crash: null };

  static getDerivedStateFromError(crash: Error): State {
    return { crash };
  }

  override render() {
    const { crash } = this.state;
    if (!crash) return this.props.children;
    return (
      <Page title={text.common.crashed} crumbs={[]}>
        <div role="alert" data-testid={testids.pageError}>
          <Empty
            sentence={crash.message}
            action={<Button onClick={() => window.location.reload()}>{text.common.reload}</Button>}
          />
        </div>
      </Page>
    );
  }
}
