import { createDOMRenderer } from "@fluentui/react-components";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./App";
import "./styles.css";

// Tauri stamps the inline style of index.html with the policy's nonce; Fluent's own styles carry it too.
const nonce = document.querySelector("style")?.nonce;
const renderer = createDOMRenderer(document, nonce ? { styleElementAttributes: { nonce } } : {});

const root = document.getElementById("root");
if (root) {
  createRoot(root).render(
    <StrictMode>
      <App renderer={renderer} />
    </StrictMode>,
  );
}
