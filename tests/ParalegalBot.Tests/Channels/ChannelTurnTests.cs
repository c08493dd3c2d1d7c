using Microsoft.Extensions.DependencyInjection;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.Tests.Channels;

public sealed class ChannelTurnTests : IDisposable
{
    private readonly RecordingChannel channel = new();
    private readonly SampleServer server;
    private int ids;

    public ChannelTurnTests()
    {
        server = new SampleServer { Channels = [channel] };
        server.Answer = (question, progress, _) =>
        {
            progress!.Report("Buscando…");
            return Task.FromResult<Answer>(server.Cited($"Respuesta a {question.Text} tras {question.History.Count}."));
        };
    }

    public void Dispose() => server.Dispose();

    private Incoming From(string person, string text, string conversation = "c1", bool group = false) =>
        new() { Channel = channel.Name, Id = $"m{++ids}", Conversation = conversation, Person = person, Text = text, Address = $"para {person}", Group = group };

    private ReceiptKind Accept(Incoming message) => server.Services.GetRequiredService<Reception>().Accept(message);

    private async Task<string> NextTextAsync() => (await channel.NextAsync()).Body;

    [Fact]
    public async Task The_privacy_notice_goes_before_the_first_answer_and_only_once()
    {
        Accept(From("ana", "Primera"));
        var notice = await NextTextAsync();
        var first = await NextTextAsync();
        Accept(From("ana", "Segunda"));
        var second = await NextTextAsync();

        Assert.StartsWith("Aviso de privacidad", notice, StringComparison.Ordinal);
        Assert.Contains("Ejemplo, S. A.", notice, StringComparison.Ordinal);
        Assert.Equal("Respuesta a Primera tras 0.", first);
        Assert.Equal("Respuesta a Segunda tras 2.", second);
        Assert.Equal(["Buscando…", "Buscando…"], channel.Progress);
    }

    [Fact]
    public async Task The_same_message_twice_is_answered_once()
    {
        var message = From("ana", "Primera");

        Assert.Equal([ReceiptKind.Accepted, ReceiptKind.Duplicate], [Accept(message), Accept(message)]);
        await NextTextAsync();
        await NextTextAsync();
        Assert.Equal(ReceiptKind.Duplicate, Accept(message));
        Accept(From("ana", "Segunda"));

        Assert.Equal("Respuesta a Segunda tras 2.", await NextTextAsync());
    }

    [Fact]
    public async Task In_a_group_nobody_is_answered_with_another_s_history()
    {
        Accept(From("ana", "Primera", "g", group: true));
        await NextTextAsync();
        await NextTextAsync();
        Accept(From("beto", "Segunda", "g", group: true));
        await NextTextAsync();

        Assert.Equal("Respuesta a Segunda tras 0.", await NextTextAsync());
        Accept(From("beto", "repetir", "g", group: true));
        Assert.Equal("Respuesta a Segunda tras 0.", await NextTextAsync());
    }

    [Theory]
    [InlineData("¡Ayuda!", "Doy información, no asesoría legal")]
    [InlineData("LEYES", "LPL: Ley de Préstamo de Libros (verificada hasta el 30 de junio de 2026)")]
    [InlineData("  privacidad ", "Aviso de privacidad")]
    [InlineData("repetir", "Todavía no le he respondido nada")]
    [InlineData("", "solo leo texto")]
    public async Task Commands_are_answered_without_the_assistant(string text, string expected)
    {
        server.Answer = (_, _, _) => throw new InvalidOperationException("not a question");

        Accept(From("ana", text));
        await NextTextAsync();

        Assert.Contains(expected, await NextTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_asks_to_be_forgotten_starts_again_as_a_stranger()
    {
        Accept(From("ana", "Primera"));
        await NextTextAsync();
        await NextTextAsync();
        server.Services.GetRequiredService<FeedbackStore>().Add("r1", "prueba:ana", liked: true, null);

        Accept(From("ana", "Borrar mis datos"));
        Assert.StartsWith("Listo", await NextTextAsync(), StringComparison.Ordinal);
        Assert.Null(server.Services.GetRequiredService<Contacts>().Find("prueba", "prueba:ana"));
        Assert.Empty(server.Services.GetRequiredService<FeedbackStore>().Of("r1"));
        Accept(From("ana", "Segunda"));

        Assert.StartsWith("Aviso de privacidad", await NextTextAsync(), StringComparison.Ordinal);
        Assert.Equal("Respuesta a Segunda tras 0.", await NextTextAsync());
    }

    [Fact]
    public async Task Beyond_the_queue_s_bound_people_are_told_and_answered_later()
    {
        var gate = new TaskCompletionSource();
        server["Channels:Queue"] = "1";
        server["Channels:Workers"] = "1";
        server.Answer = async (question, _, _) =>
        {
            await gate.Task;
            return server.Cited($"Respuesta a {question.Text}.");
        };

        Accept(From("ana", "Primera", "a"));
        Accept(From("beto", "Segunda", "b"));
        var said = new[] { await NextTextAsync(), await NextTextAsync() };
        gate.SetResult();
        var later = new[] { await NextTextAsync(), await NextTextAsync(), await NextTextAsync() };

        Assert.Single(said, text => text.StartsWith("Estoy lleno", StringComparison.Ordinal));
        Assert.Contains("Respuesta a Primera.", later);
        Assert.Contains("Respuesta a Segunda.", later);
    }

    [Fact]
    public async Task With_the_inbox_full_the_channel_is_asked_to_come_back()
    {
        server["Channels:Most"] = "1";
        server.Answer = (_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith<Answer>(_ => server.Cited(), TaskScheduler.Default);

        Assert.Equal([ReceiptKind.Accepted, ReceiptKind.Full], [Accept(From("ana", "Primera")), Accept(From("ana", "Segunda"))]);
        await NextTextAsync();
    }

    [Fact]
    public async Task A_send_of_which_nobody_knows_the_end_is_not_repeated_but_offered_again()
    {
        channel.Wire = message => message.Body.StartsWith("Respuesta", StringComparison.Ordinal) && message.Number <= 2 ? new Delivery.Uncertain("timeout") : new Delivery.Delivered(null);

        Accept(From("ana", "Primera"));
        await NextTextAsync();
        await NextTextAsync();

        Assert.Contains("escriba «repetir»", await NextTextAsync(), StringComparison.Ordinal);
        Assert.Equal("uncertain", Assert.Single(server.Services.GetRequiredService<Outbox>().Failures(10)).State);
        Accept(From("ana", "repetir"));
        Assert.Equal("Respuesta a Primera tras 0.", await NextTextAsync());
    }

    [Fact]
    public async Task A_failure_while_answering_is_said_in_a_sentence_without_its_cause()
    {
        server.Answer = (_, _, _) => throw new InvalidOperationException("secreto interno");

        Accept(From("ana", "Primera"));
        await NextTextAsync();

        Assert.StartsWith("No se pudo completar", await NextTextAsync(), StringComparison.Ordinal);
    }
}
