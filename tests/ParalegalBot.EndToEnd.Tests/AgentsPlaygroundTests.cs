using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>What people see in Teams, as Microsoft's own Agents Playground shows it, with no network.</summary>
public sealed class AgentsPlaygroundTests(ChromiumBrowser chromium) : IClassFixture<ChromiumBrowser>, IAsyncLifetime
{
    private const string Question = "¿Qué plazo tiene el préstamo según el artículo 2o de la Ley de Préstamo de Libros?";

    private readonly RunningServer server = new() { Settings = ["--environment", "Development"] };
    private readonly AgentsPlayground playground = new();

    public async ValueTask InitializeAsync()
    {
        await server.InitializeAsync();
        await playground.StartAsync(server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await playground.DisposeAsync();
        await server.DisposeAsync();
    }

    [Fact]
    public async Task One_to_one_progress_streams_the_answer_is_labelled_its_citation_opens_and_a_thumb_arrives()
    {
        await using var context = await NewContextAsync();
        var page = await OpenAsync(context);
        await Assertions.Expect(page.GetByText("Aviso de privacidad").First).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Textbox).FillAsync(Question);
        await page.Keyboard.PressAsync("Enter");
        await ShowsAnswerAsync(page);
        var log = page.Locator("body");
        await Assertions.Expect(log).ToContainTextAsync("typing 201"); // the first line of a stream was taken
        await Assertions.Expect(log).Not.ToContainTextAsync("typing 405");

        await page.Locator(".fai-Citation").First.HoverAsync();
        var opened = await context.RunAndWaitForPageAsync(() => page.Locator(".fai-PreviewHeader__label a").ClickAsync());
        await Assertions.Expect(opened).ToHaveURLAsync(new Regex("/leyes/LPL/articulos/2o#p1$"));
        opened = await context.RunAndWaitForPageAsync(() => page.GetByRole(AriaRole.Link, new() { NameRegex = new("^Abrir art. 2o") }).First.ClickAsync());
        await Assertions.Expect(opened.Locator("#p1")).ToContainTextAsync("quince días");

        await page.GetByRole(AriaRole.Button, new() { Name = "Dislike" }).ClickAsync();
        await page.GetByLabel("What went wrong?").FillAsync("Falta la multa");
        await page.GetByRole(AriaRole.Button, new() { Name = "Submit" }).ClickAsync();
        await Assertions.Expect(log).ToContainTextAsync("invoke 200");
        await AssertRatedAsync();
    }

    private static async Task ShowsAnswerAsync(IPage page)
    {
        await Assertions.Expect(page.Locator(".fai-OutputCard").GetByText("quince días").First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("AI generated").Last).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator(".fai-Citation").First).ToHaveTextAsync("1");
    }

    /// <summary>The operations page counts the thumb, and shows the comment to the lawyer.</summary>
    private async Task AssertRatedAsync()
    {
        await using var desk = await ChatWindow.OpenAsync(chromium.Need(), server.Address);
        await desk.GoAsync("/operations");
        await desk.Page.GetByLabel("Clave").FillAsync(RunningServer.LawyerKey);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Entrar" }).ClickAsync();
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = Question }).First.ClickAsync();
        await Assertions.Expect(desk.Page.GetByText("Falta la multa")).ToBeVisibleAsync();
    }

    private async Task<IBrowserContext> NewContextAsync()
    {
        var context = await chromium.Need().NewContextAsync(new() { ViewportSize = new() { Width = 1400, Height = 1000 } });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        return context;
    }

    private async Task<IPage> OpenAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(playground.Address);
        return page;
    }
}
