package io.baler.standalone.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.deque.html.axecore.selenium.AxeBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium as a person uses it. */
final class Browser implements AutoCloseable {
    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Held on to, or its level would be forgotten: it warns with every start that this Chromium is newer than itself. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(java.util.logging.Level.SEVERE);
    }

    private final ChromeDriver driver;
    private final Path downloads;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** Of the operating system's packages, for nothing else is looked for. */
    static boolean isThere() {
        return binary().isPresent() && chromedriver().isPresent();
    }

    private static Optional<Path> binary() {
        return first("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");
    }

    private static Optional<Path> chromedriver() {
        return first("/usr/bin/chromedriver", "/usr/lib/chromium-browser/chromedriver");
    }

    private static Optional<Path> first(String... paths) {
        return Stream.of(paths).map(Path::of).filter(Files::isExecutable).findFirst();
    }

    /** @param directory for the profile and what is downloaded */
    static Browser start(Path directory, String... more) {
        try {
            var downloads = Files.createDirectories(directory.resolve("downloads"));
            Files.createDirectories(SCREENSHOTS);
            var options = new ChromeOptions();
            options.setBinary(binary().orElseThrow().toString());
            options.addArguments(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--disable-dev-shm-usage",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--window-size=1280,900",
                    "--lang=en-US",
                    "--user-data-dir=" + directory.resolve("profile"));
            options.addArguments(more);
            options.setExperimentalOption(
                    "prefs",
                    Map.of(
                            "download.default_directory",
                            downloads.toAbsolutePath().toString(),
                            "download.prompt_for_download",
                            false,
                            "intl.accept_languages",
                            "en-US,en"));
            var logs = new LoggingPreferences();
            logs.enable(LogType.BROWSER, java.util.logging.Level.ALL);
            options.setCapability("goog:loggingPrefs", logs);
            var service = new ChromeDriverService.Builder()
                    .usingDriverExecutable(chromedriver().orElseThrow().toFile())
                    .usingAnyFreePort()
                    .build();
            return new Browser(new ChromeDriver(service, options), downloads);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** As if it had just been started, which takes seconds: nobody is signed in, nothing is remembered or pretended. */
    void forget() {
        try (var files = Files.list(downloads)) {
            for (var file : files.toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        if (driver.getCurrentUrl() != null && driver.getCurrentUrl().startsWith("http")) {
            driver.executeScript("localStorage.clear(); sessionStorage.clear()");
        }
        driver.get("about:blank");
        driver.executeCdpCommand("Network.clearBrowserCookies", Map.of());
        driver.executeCdpCommand("Emulation.clearDeviceMetricsOverride", Map.of());
        driver.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", ""));
        complaints();
    }

    void open(String url) {
        driver.get(url);
    }

    WebElement see(String css) {
        return until(() -> visible(css).findFirst().orElse(null));
    }

    /** The one whose text has this. */
    WebElement see(String css, String text) {
        return until(() -> visible(css)
                .filter(element -> element.getText().contains(text))
                .findFirst()
                .orElse(null));
    }

    void seeNone(String css) {
        await().atMost(PATIENCE)
                .until(() ->
                        Boolean.TRUE.equals(calm(() -> visible(css).findAny().isEmpty())));
    }

    int count(String css) {
        return driver.findElements(By.cssSelector(css)).size();
    }

    private Stream<WebElement> visible(String css) {
        return driver.findElements(By.cssSelector(css)).stream().filter(WebElement::isDisplayed);
    }

    void click(String css) {
        see(css).click();
    }

    void click(String css, String text) {
        see(css, text).click();
    }

    void type(String css, CharSequence... keys) {
        see(css).sendKeys(keys);
    }

    /** To whatever has the focus. */
    void press(CharSequence... keys) {
        for (var key : keys) {
            new Actions(driver).sendKeys(key).perform();
        }
    }

    /** Goes on by Tab until the focus is there. */
    void tabTo(String css) {
        for (var n = 0; n < 80; n++) {
            if (script("return document.activeElement.matches(arguments[0])", css)
                    .equals(true)) {
                return;
            }
            press(Keys.TAB);
        }
        throw new AssertionError("Tab does not come to " + css);
    }

    Object script(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    private <T> T until(Supplier<T> look) {
        return await().atMost(PATIENCE).until(() -> calm(look), found -> found != null);
    }

    /** A list that moves meanwhile is looked at again. */
    private static <T> T calm(Supplier<T> look) {
        try {
            return look.get();
        } catch (StaleElementReferenceException moved) {
            return null;
        }
    }

    /** Pixels of CSS; null = as large as the window. */
    void width(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void prefers(String colours) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", colours))));
    }

    /** Where the reader is. */
    void zone(String id) {
        driver.executeCdpCommand("Emulation.setTimezoneOverride", Map.of("timezoneId", id));
    }

    /** Whether the network is there. */
    void online(boolean there) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", !there, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    void screenshot(String name) {
        try {
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Nothing keeps people out who do not see the page or have no mouse, and nothing was blocked or thrown. */
    void isAccessible(String where) {
        var violations = new AxeBuilder().analyze(driver).getViolations();
        assertThat(violations)
                .as(() -> where + ": "
                        + violations.stream()
                                .map(rule -> rule.getId() + " " + rule.getHelp() + " "
                                        + rule.getNodes().stream()
                                                .map(node -> node.getHtml() + " " + node.getFailureSummary())
                                                .toList())
                                .toList())
                .isEmpty();
    }

    /** What the browser has complained of since it was asked last; refusals of calls that a test provokes are none. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .filter(line -> !line.contains("Failed to load resource"))
                .toList();
    }

    /** The only file that has been downloaded, once it is whole. */
    Path downloaded() {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            try (var files = Files.list(downloads)) {
                                return files.filter(file -> file.toString().endsWith(".zip"))
                                        .findFirst()
                                        .orElse(null);
                            }
                        },
                        file -> file != null);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
