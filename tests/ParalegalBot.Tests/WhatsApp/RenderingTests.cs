using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Conversations;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.WhatsApp;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.Tests.WhatsApp;

public sealed class RenderingTests : IDisposable
{
    private readonly SampleServer server = new() { ["Channels:PublicAddress"] = "https://bot.example" };

    public void Dispose() => server.Dispose();

    private IReadOnlyList<JsonObject> Render(BotMessage message)
    {
        var rendered = server.Services.GetRequiredService<WhatsAppRendering>().Render(message);
        Assert.All(rendered, body => Assert.Null(GraphRules.Problem(body)));
        return rendered;
    }

    private static Reply Cited(params string[] claims) => new()
    {
        Id = "r1", Outcome = "cited", Text = string.Join(' ', claims),
        Claims = [.. claims.Select((text, index) => new ReplyClaim(text, [index + 1]))],
        Citations = [.. claims.Select((_, index) => Source(index + 1))],
    };

    private static ReplySource Source(int number) => new()
    {
        Number = number, Printed = $"art. {number}, LPL", Law = "LPL", LawTitle = "Ley de Préstamo de Libros", Url = $"/leyes/LPL/articulos/{number}#p1", Text = "El plazo.",
        VerifiedThrough = new DateOnly(2026, 6, 30),
    };

    [Fact]
    public void An_answer_on_one_article_carries_a_button_that_opens_it()
    {
        var body = Assert.Single(Render(new BotMessage.Answered(Cited("El préstamo dura quince días."))));

        Assert.Equal("cta_url", (string?)body["interactive"]!["type"]);
        Assert.Equal("https://bot.example/leyes/LPL/articulos/1#p1", (string?)body["interactive"]!["action"]!["parameters"]!["url"]);
        Assert.Equal("Ver art. 1, LPL", (string?)body["interactive"]!["action"]!["parameters"]!["display_text"]);
        Assert.Equal("El préstamo dura quince días. [1]\n\n*Fundamento*\n[1] art. 1, LPL, verificado hasta el 30 de junio de 2026", GraphStandIn.TextOf(body));
    }

    [Fact]
    public void A_long_answer_is_cut_between_points_and_says_how_to_get_the_rest()
    {
        var claims = Enumerable.Range(1, 6).Select(number => $"Punto {number} {new string('x', 220)}.").ToArray();

        var text = GraphStandIn.TextOf(Assert.Single(Render(new BotMessage.Answered(Cited(claims)))));

        Assert.Contains("1. Punto 1", text, StringComparison.Ordinal);
        Assert.Contains("[2] art. 2, LPL", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Punto 3", text, StringComparison.Ordinal);
        Assert.DoesNotContain("[3] art. 3", text, StringComparison.Ordinal);
        Assert.Contains("Hay 4 puntos más: escriba *completo*.", text, StringComparison.Ordinal);
        Assert.InRange(text.IndexOf("*Fundamento*", StringComparison.Ordinal), 1, 700);
    }

    [Fact]
    public void Every_number_in_the_text_has_its_article_and_the_other_way_round()
    {
        var text = GraphStandIn.TextOf(Assert.Single(Render(new BotMessage.Answered(Cited("Uno.", "Dos.", "Tres.")))));

        var (said, listed) = (text[..text.IndexOf("*Fundamento*", StringComparison.Ordinal)], text[text.IndexOf("*Fundamento*", StringComparison.Ordinal)..]);
        for (var number = 1; number <= 3; number++)
        {
            Assert.Contains($"[{number}]", said, StringComparison.Ordinal);
            Assert.Contains($"[{number}] art. {number}, LPL", listed, StringComparison.Ordinal);
            Assert.Contains($"https://bot.example/leyes/LPL/articulos/{number}#p1", listed, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_few_short_choices_are_buttons_and_longer_ones_a_list_with_their_whole_text_as_id()
    {
        var buttons = Assert.Single(Render(new BotMessage.Note("¿De qué ley?") { Choices = ["LFT", "CCF"] }));
        var list = Assert.Single(Render(new BotMessage.Note("¿Cuál?") { Choices = ["Despido de una trabajadora embarazada en el sector público", "Otro"] }));

        Assert.Equal("button", (string?)buttons["interactive"]!["type"]);
        Assert.Equal("list", (string?)list["interactive"]!["type"]);
        var row = list["interactive"]!["action"]!["sections"]![0]!["rows"]![0]!;
        Assert.Equal("Despido de una trabajadora embarazada en el sector público", (string?)row["id"]);
        Assert.EndsWith("…", (string?)row["title"], StringComparison.Ordinal);
    }

    /// <summary>Whatever is said, every message keeps Meta's limits, and no grapheme is cut.</summary>
    [Theory]
    [InlineData("a", 5000)]
    [InlineData("á", 9000)]
    [InlineData("👩‍👩‍👧‍👦", 1200)]
    [InlineData("palabra ", 2000)]
    [InlineData("Frase con punto. ", 1000)]
    [InlineData("Párrafo\n\n", 2000)]
    [InlineData("e\u0301", 4000)]
    public void Limits_hold_whatever_is_said(string piece, int times)
    {
        var long_ = string.Concat(Enumerable.Repeat(piece, times)).Trim();
        var choices = Enumerable.Range(1, 10).Select(number => $"{number} {Clip.To(long_, 150)}").ToList();

        var rendered = Render(new BotMessage.Note(long_));
        Render(new BotMessage.Answered(Cited(long_, long_)));
        Render(new BotMessage.Note(long_) { Choices = ["Sí", "No"] });
        Render(new BotMessage.Note("¿Cuál?") { Choices = choices });
        Render(new BotMessage.Note("¿Cuál?") { Choices = [.. choices, "otra", "más"] });
        Render(new BotMessage.Note(long_) { Links = [new NoteLink("Ver las leyes", "/leyes"), new NoteLink("Ver", "/")] });

        Assert.InRange(rendered.Count, 1, 3);
        var whole = StringInfo.ParseCombiningCharacters(piece).Select(start => StringInfo.GetNextTextElement(piece, start)).ToHashSet();
        foreach (var part in rendered.Select(GraphStandIn.TextOf))
            foreach (var grapheme in StringInfo.ParseCombiningCharacters(part.Replace("…\n\n(Sigue en los artículos citados.)", "", StringComparison.Ordinal)).Select(start => StringInfo.GetNextTextElement(part, start)))
                Assert.True(whole.Contains(grapheme) || grapheme is "\n" or " " or "\r\n", $"'{grapheme}' is part of a grapheme");
    }

    [Fact]
    public void A_text_is_split_at_paragraphs_and_nothing_is_lost()
    {
        var paragraphs = Enumerable.Range(1, 40).Select(number => $"Párrafo {number}. {new string('x', 150)}").ToList();

        var parts = WhatsAppText.Split(string.Join("\n\n", paragraphs), WhatsAppRendering.MostText).ToList();

        Assert.Equal(paragraphs, parts.SelectMany(part => part.Split("\n\n")));
    }

    [Theory]
    [InlineData("**Negritas** y __subrayado__", "*Negritas* y __subrayado__")]
    [InlineData("## Título", "*Título*")]
    [InlineData("Vea [la ley](https://bot.example/leyes).", "Vea la ley: https://bot.example/leyes.")]
    [InlineData("~~no~~", "~no~")]
    [InlineData("| a | b |\n|---|---|\n| 1 | 2 |", "a · b\n1 · 2")]
    [InlineData("Según [1] y [2]", "Según [1] y [2]")]
    public void Markdown_becomes_what_WhatsApp_has(string markdown, string expected) => Assert.Equal(expected, WhatsAppText.FromMarkdown(markdown));

    [Theory]
    [InlineData("2 * 3 = 6", "2 * 3 = 6")]
    [InlineData("un *asterisco* aquí", "un ∗asterisco∗ aquí")]
    [InlineData("_guion_", "ˍguionˍ")]
    [InlineData("https://bot.example/a_b_c", "https://bot.example/a_b_c")]
    [InlineData("fracción_II_a", "fracción_II_a")]
    public void Text_that_is_shown_as_it_stands_is_not_formatted(string text, string expected) => Assert.Equal(expected, WhatsAppText.Plain(text));
}
