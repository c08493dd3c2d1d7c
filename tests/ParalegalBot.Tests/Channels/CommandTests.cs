using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.Tests.Channels;

/// <summary>Hand-over to a human, followed articles, opt-out and consent, over a channel whose wire is a queue.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly RecordingChannel channel = new();
    private readonly SampleServer server;
    private int ids;

    public CommandTests()
    {
        server = new SampleServer { Channels = [channel] };
        server["Firm:Name"] = "Bufete de Prueba";
        server["Firm:Address"] = "Av. Juárez 1, Ciudad de México";
        server.Answer = (question, _, _) => Task.FromResult<Answer>(server.Cited($"Respuesta a {question.Text}."));
    }

    public void Dispose() => server.Dispose();

    private T Get<T>() where T : notnull => server.Services.GetRequiredService<T>();

    private async Task<string> NextTextAsync() => (await channel.NextAsync()).Body;

    private async Task<string> AskAsync(string text, string person = "ana", bool group = false)
    {
        Get<Reception>().Accept(new Incoming { Channel = channel.Name, Id = $"m{++ids}", Conversation = group ? "g" : person, Person = person, Text = text, Address = $"para {person}", Group = group });
        var said = await NextTextAsync();
        return said.StartsWith("Aviso de privacidad simplificado", StringComparison.Ordinal) ? await NextTextAsync() : said;
    }

    private void RefuseEverything(RefusalReason reason = RefusalReason.NotFound) =>
        server.Answer = (_, _, _) => Task.FromResult<Answer>(new Answer.Refused { Text = "No lo encontré.", Reason = reason });

    [Theory]
    [InlineData("hablar con un abogado")]
    [InlineData("Por favor, quiero hablar con una persona")]
    [InlineData("páseme con un abogado")]
    [InlineData("Abogado")]
    [InlineData("necesito un abogado urgente")]
    public async Task A_case_opens_only_with_consent_and_the_lawyer_s_reply_comes_back_as_theirs(string request)
    {
        await AskAsync("Primera");
        Assert.Contains("¿Está de acuerdo?", await AskAsync(request), StringComparison.Ordinal);
        Assert.Empty(Get<HandOverDesk>().Waiting());

        Assert.StartsWith("Listo: abrí el caso", await AskAsync("Sí, de acuerdo"), StringComparison.Ordinal);
        var handOver = Assert.Single(Get<HandOverDesk>().Waiting());
        Assert.Equal([(HandOverSide.Person, "Primera"), (HandOverSide.Bot, "Respuesta a Primera.")], Get<HandOverDesk>().Lines(handOver.Id).Select(line => (line.Side, line.Text)));
        Assert.True(Get<HandOverDesk>().Answer(handOver.Id, "Lic. Ana Ruiz", "Venga mañana a las diez."));

        var reply = await channel.NextAsync();
        Assert.Equal("para ana", reply.Address);
        Assert.StartsWith($"Le responde Lic. Ana Ruiz, de Bufete de Prueba (caso {handOver.Id}). Este mensaje lo escribió una persona", reply.Body, StringComparison.Ordinal);
        Assert.EndsWith("Venga mañana a las diez.", reply.Body, StringComparison.Ordinal);
        await AskAsync("¿Con qué documentos?");
        Assert.Equal("¿Con qué documentos?", Get<HandOverDesk>().Lines(handOver.Id)[^1].Text);
        Assert.True(Get<HandOverDesk>().Close(handOver.Id));
        Assert.Contains("cerró su caso", await NextTextAsync(), StringComparison.Ordinal);
        Assert.False(Get<HandOverDesk>().Answer(handOver.Id, "Lic. Ana Ruiz", "Tarde."));
    }

    [Fact]
    public async Task Without_a_yes_nothing_is_handed_over()
    {
        await AskAsync("hablar con un abogado");
        Assert.StartsWith("De acuerdo, no comparto", await AskAsync("No, gracias"), StringComparison.Ordinal);
        await AskAsync("hablar con un abogado");
        Assert.Equal("Respuesta a Otra pregunta.", await AskAsync("Otra pregunta"));

        Assert.Equal("Respuesta a Sí.", await AskAsync("Sí"));
        Assert.Empty(Get<HandOverDesk>().Waiting());
    }

    [Theory]
    [InlineData("¿Tengo derecho a hablar con un abogado si me detienen?")]
    [InlineData("¿Un abogado puede cobrarme por adelantado?")]
    public async Task A_question_about_lawyers_is_a_question(string text) => Assert.Equal($"Respuesta a {text}.", await AskAsync(text));

    [Fact]
    public async Task Two_refusals_in_a_row_offer_a_human()
    {
        RefuseEverything();

        Assert.Equal("No lo encontré.", await AskAsync("Primera"));
        Assert.Equal("No lo encontré.", await AskAsync("Segunda"));

        Assert.Contains("una persona del despacho", await NextTextAsync(), StringComparison.Ordinal);
        await AskAsync("si");
        Assert.Equal("dos preguntas seguidas sin respuesta", Assert.Single(Get<HandOverDesk>().Waiting()).Reason);
    }

    [Fact]
    public async Task An_urgency_offers_a_human_at_once()
    {
        RefuseEverything(RefusalReason.Emergency);
        await AskAsync("Me están golpeando");
        Assert.Contains("¿Está de acuerdo?", await NextTextAsync(), StringComparison.Ordinal);

        server.Answer = (question, _, _) => Task.FromResult<Answer>(server.Cited());
        await AskAsync("Es urgente: ¿qué plazo tengo?", "beto");
        Assert.Contains("¿Está de acuerdo?", await NextTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_group_nothing_is_handed_over_or_followed()
    {
        Assert.Contains("conversación privada", await AskAsync("hablar con un abogado", group: true), StringComparison.Ordinal);
        Assert.Contains("conversación privada", await AskAsync("avísame si cambia el artículo 2o de la LPL", group: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("avísame si cambia el artículo 2o LPL")]
    [InlineData("Avíseme cuando reformen el art. 2 de la Ley de Préstamo de Libros, por favor")]
    [InlineData("quiero que me avises si modifican el artículo 2o de la LPL")]
    public async Task Whoever_follows_an_article_is_told_once_what_changed(string request)
    {
        Assert.StartsWith("Listo: le avisaré por aquí si cambia el artículo 2o de la LPL", await AskAsync(request), StringComparison.Ordinal);
        Get<FollowNotices>().Look();
        Reform("El plazo del préstamo es de veinte días.");

        Get<FollowNotices>().Look();
        Get<FollowNotices>().Look();

        var notice = await NextTextAsync();
        Assert.Contains("Cambió el artículo 2o de la LPL (Ley de Préstamo de Libros). Reforma publicada en el DOF el 1.º de octubre de 2026.", notice, StringComparison.Ordinal);
        Assert.Contains("Ahora dice (art. 2o, párr. 1, LPL): «El plazo del préstamo es de veinte días.»", notice, StringComparison.Ordinal);
        Assert.DoesNotContain("pagará una multa", notice, StringComparison.Ordinal);
        Assert.Equal("Respuesta a Otra.", await AskAsync("Otra"));
    }

    [Fact]
    public async Task Whoever_stopped_following_or_wrote_alto_or_was_forgotten_is_told_nothing()
    {
        await AskAsync("avísame si cambia el artículo 2o LPL", "ana");
        await AskAsync("avísame si cambia el artículo 2o LPL", "beto");
        await AskAsync("avísame si cambia el artículo 2o LPL", "caro");
        Assert.Contains("- art. 2o, LPL", await AskAsync("mis avisos"), StringComparison.Ordinal);
        Assert.StartsWith("Listo: ya no le avisaré", await AskAsync("deja de avisarme del artículo 2o LPL", "ana"), StringComparison.Ordinal);
        Assert.StartsWith("Listo: no le enviaré más avisos", await AskAsync("BAJA", "beto"), StringComparison.Ordinal);
        Assert.StartsWith("Listo: borré", await AskAsync("borrar mis datos", "caro"), StringComparison.Ordinal);
        Reform("El plazo del préstamo es de veinte días.");

        Get<FollowNotices>().Look();
        Assert.Equal("Respuesta a Otra.", await AskAsync("Otra", "ana"));

        Assert.False(channel.More);
    }

    [Theory]
    [InlineData("avísame si cambia el artículo 999 LPL", "No encontré ese artículo")]
    [InlineData("avísame si cambia algo", "Dígame qué artículo")]
    [InlineData("avísame si cambia el artículo 4 de la Ley Aduanera", "no está cargada")]
    public async Task What_cannot_be_followed_is_said(string request, string expected) => Assert.Contains(expected, await AskAsync(request), StringComparison.Ordinal);

    [Fact]
    public async Task Sensitive_data_is_neither_kept_nor_answered_without_express_consent()
    {
        const string Told = "Tengo VIH y me despidieron, ¿qué puedo hacer?";

        Assert.Contains("No lo guardé ni lo procesé", await AskAsync(Told), StringComparison.Ordinal);
        Assert.Equal("Todavía no le he respondido nada en esta conversación.", await AskAsync("repetir"));
        Assert.StartsWith("Gracias: registré su consentimiento", await AskAsync("Consiento"), StringComparison.Ordinal);
        Assert.NotNull(Get<Contacts>().Find("prueba", "prueba:ana")!.ConsentedAt);
        Assert.Equal($"Respuesta a {Told}.", await AskAsync(Told));
        Assert.StartsWith("Listo: revoqué", await AskAsync("revocar consentimiento"), StringComparison.Ordinal);
        Assert.Contains("No lo guardé ni lo procesé", await AskAsync(Told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("¿Pueden despedir a una trabajadora embarazada?")]
    [InlineData("¿Qué derechos tiene un sindicato?")]
    [InlineData("Soy trabajador sindicalizado de hecho, ¿qué dice la ley?")]
    public async Task A_question_about_such_things_in_general_is_a_question(string text) => Assert.Equal($"Respuesta a {text}.", await AskAsync(text));

    [Fact]
    public async Task Whoever_is_in_danger_is_answered_at_once()
    {
        RefuseEverything(RefusalReason.Emergency);

        Assert.Equal("No lo encontré.", await AskAsync("Tengo depresión y me quiero matar"));
    }

    [Fact]
    public async Task The_privacy_notice_names_who_what_for_how_to_limit_it_and_where_the_full_one_is()
    {
        server["Channels:PublicAddress"] = "https://bot.example";
        var notice = await AskAsync("privacidad");
        using var client = server.CreateClient();
        var page = await client.GetStringAsync("/privacidad", TestContext.Current.CancellationToken);

        foreach (var words in (string[])["Bufete de Prueba, con domicilio en Av. Juárez 1", "para buscar en las leyes", "borrar mis datos", "https://bot.example/privacidad", "Prueba es un servicio de Ejemplo, S. A."])
            Assert.Contains(words, notice, StringComparison.Ordinal);
        foreach (var words in (string[])["Av. Juárez 1", "derechos ARCO", "Prueba es un servicio de Ejemplo, S. A.", "consentimiento expreso", "Secretaría Anticorrupción y Buen Gobierno"])
            Assert.Contains(words, page, StringComparison.Ordinal);
    }

    /// <summary>A later text of the law in which one paragraph of article 2o says something else.</summary>
    private void Reform(string term)
    {
        var store = Get<StatuteStore>();
        var reform = new DateOnly(2026, 10, 1);
        var articles = store.Articles("LPL").Select(article => article.Number.Printed != "2o" ? article : article with
        {
            Passages = [.. article.Passages.Select(passage => passage.Anchor == "p1" ? passage with { Text = term } : passage)],
            Notes = [new ReformNote("Artículo", ReformKind.Reformed, [reform], "Artículo reformado DOF 01-10-2026")],
            Validity = new Validity(reform, null, ValidityReason.Reformed),
        });
        var law = store.Find("LPL")!;
        store.Write(law, new StatuteDocument { Title = law.Title, Published = law.Published, LastReform = reform, Articles = [.. articles] },
            new StatuteSource("03", "docx", 1, new DateTimeOffset(2026, 10, 2, 0, 0, 0, TimeSpan.Zero)));
    }
}
