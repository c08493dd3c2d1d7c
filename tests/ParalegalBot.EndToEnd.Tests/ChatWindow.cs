using Microsoft.Playwright;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>A person's browser window on the chat, with what went over the wire and what the page complained of.</summary>
internal sealed class ChatWindow : IAsyncDisposable
{
    /// <summary>Milliseconds that a page may take for anything.</summary>
    private const float Patience = 30_000;

    private readonly IBrowserContext context;
    private readonly Uri server;

    private ChatWindow(IBrowserContext context, IPage page, Uri server)
    {
        this.context = context;
        this.server = server;
        Page = page;
        context.SetDefaultTimeout(Patience);
        Assertions.SetDefaultExpectTimeout(Patience);
        context.Request += (_, request) => Requests.Add(request.Url);
        page.PageError += (_, error) => Complaints.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error") Complaints.Add(message.Text);
        };
        page.Dialog += (_, dialog) => Complaints.Add($"dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    public ILocator Question => Page.GetByRole(AriaRole.Textbox, new() { Name = "Su pregunta" });

    public ILocator Answers => Page.Locator(".reply");

    public ILocator LastAnswer => Answers.Last;

    public static async Task<ChatWindow> OpenAsync(IBrowser browser, Uri server, BrowserNewContextOptions? options = null)
    {
        options ??= new BrowserNewContextOptions();
        options.BaseURL = server.ToString();
        var context = await browser.NewContextAsync(options);
        var window = new ChatWindow(context, await context.NewPageAsync(), server);
        await window.GoAsync("/");
        return window;
    }

    /// <summary>Opens a page and waits until its script has done what it does at the start.</summary>
    public async Task GoAsync(string path)
    {
        await Page.GotoAsync(path);
        if (path == "/") await Ready.WaitForAsync();
    }

    public async Task ReloadAsync()
    {
        await Page.ReloadAsync();
        await Ready.WaitForAsync();
    }

    public async Task AskAsync(string question)
    {
        var before = await Answers.CountAsync();
        await Question.FillAsync(question);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Preguntar" }).ClickAsync();
        await Answers.Nth(before).WaitForAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.All(Requests.Where(url => !url.StartsWith("blob:", StringComparison.Ordinal)), url => Assert.Equal(server.Authority, new Uri(url).Authority));
        Assert.Empty(Complaints);
    }

    private ILocator Ready => Page.Locator("html[data-ready]");
}
