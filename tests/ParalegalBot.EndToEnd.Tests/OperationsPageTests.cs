using Microsoft.Playwright;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>The operations page in a browser, over a server of its own: the switch would stop the others' questions.</summary>
public sealed class OperationsPageTests(RunningServer server, ChromiumBrowser chromium) : IClassFixture<RunningServer>, IClassFixture<ChromiumBrowser>
{
    private const string Question = "¿Qué plazo tiene el préstamo según el artículo 2o de la Ley de Préstamo de Libros?";

    [Fact]
    public async Task An_operator_closes_the_service_for_everybody_and_opens_it_again()
    {
        await using var person = await ChatWindow.OpenAsync(chromium.Need(), server.Address);
        await using var desk = await EnterAsync(RunningServer.OperationsKey);
        await person.AskAsync(Question);
        await Assertions.Expect(person.LastAnswer).ToContainTextAsync("quince días");

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Cerrado" }).ClickAsync();
        await Assertions.Expect(desk.Page.Locator(".mode")).ToHaveTextAsync("Cerrado");
        await person.AskAsync(Question);
        await Assertions.Expect(person.LastAnswer).ToContainTextAsync("en pausa");

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Sólo artículos" }).ClickAsync();
        await person.AskAsync(Question);
        await Assertions.Expect(person.LastAnswer).ToHaveClassAsync(new System.Text.RegularExpressions.Regex("is-sources"));

        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Normal" }).ClickAsync();
        await person.AskAsync(Question);
        await Assertions.Expect(person.LastAnswer).ToContainTextAsync("quince días");
        Assert.Empty(desk.Complaints);
    }

    [Fact]
    public async Task The_lawyer_follows_an_answer_to_its_passage_and_nothing_is_wider_than_the_page()
    {
        await using var person = await ChatWindow.OpenAsync(chromium.Need(), server.Address);
        await person.AskAsync(Question);
        await using var desk = await EnterAsync(RunningServer.LawyerKey);

        await Assertions.Expect(desk.Page.Locator(".days svg rect").First).ToBeAttachedAsync();
        Assert.Equal(0, await desk.Page.EvaluateAsync<int>("document.documentElement.scrollWidth - document.documentElement.clientWidth"));
        await desk.Page.GetByRole(AriaRole.Link, new() { Name = Question }).First.ClickAsync();
        await desk.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("^art. 2o") }).First.ClickAsync();

        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Artículo 2o" })).ToBeVisibleAsync();
        Assert.Empty(desk.Complaints);
    }

    private async Task<ChatWindow> EnterAsync(string key)
    {
        var desk = await ChatWindow.OpenAsync(chromium.Need(), server.Address);
        await desk.GoAsync("/operations");
        await desk.Page.GetByLabel("Clave").FillAsync(key);
        await desk.Page.GetByRole(AriaRole.Button, new() { Name = "Entrar" }).ClickAsync();
        await Assertions.Expect(desk.Page.GetByRole(AriaRole.Heading, new() { Name = "Operaciones" })).ToBeVisibleAsync();
        return desk;
    }
}
