package io.upstep.standalone;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real browser, without a window. */
final class Browser {
    static final String BINARY = "chromium";

    private Browser() {}

    /** What the page has become after its scripts have run for some seconds. */
    static String page(URI uri, Path directory) throws IOException, InterruptedException {
        Process browser = new ProcessBuilder(
                        BINARY,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + directory.resolve("browser"),
                        "--timeout=60000",
                        "--virtual-time-budget=5000",
                        "--dump-dom",
                        uri.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String page = new String(browser.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!browser.waitFor(120, TimeUnit.SECONDS)) {
            browser.destroyForcibly();
            throw new IllegalStateException("the browser did not end; it showed " + page);
        }
        return page;
    }
}
