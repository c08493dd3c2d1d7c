using Microsoft.Playwright;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>Debian's Chromium, driven over its debugging pipe; nothing is downloaded, and nothing beyond this machine can be reached.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private const string Executable = "/usr/bin/chromium";

    private IPlaywright? playwright;
    private IBrowser? browser;

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Executable)) return;
        playwright = await Playwright.CreateAsync();
        browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Executable,
            Args =
            [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost", // no network but this machine
            ],
        });
    }

    /// <summary>The browser. Without Chromium the test fails under CI with one sentence, and is skipped by name elsewhere.</summary>
    public IBrowser Need()
    {
        if (browser is not null) return browser;
        const string Sentence = $"This test drives Chromium and {Executable} is not there: install Debian's package 'chromium'.";
        if (Environment.GetEnvironmentVariable("CI") is not null and not "") Assert.Fail(Sentence);
        Assert.Skip(Sentence);
        return browser!;
    }

    public async ValueTask DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
    }
}
