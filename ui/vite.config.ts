import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  clearScreen: false,
  server: { port: 5173, strictPort: true },
  build: {
    target: "es2022",
    assetsInlineLimit: 0, // the policy takes no data: fonts
    // Fluent is most of the bundle, and it is read from the local disk.
    chunkSizeWarningLimit: 1200,
  },
  test: {
    environment: "jsdom",
    setupFiles: "src/test/setup.ts",
    testTimeout: 90_000,
    // On a busy machine Fluent's focus trap, which jsdom gives no layout, now and then hides the
    // dialog that it has just opened; what fails every time still fails.
    retry: 2,
  },
});
