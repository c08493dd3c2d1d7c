using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Sending;
using ParalegalBot.Server.WhatsApp;

namespace ParalegalBot.Tests.WhatsApp;

public sealed class SendingTests : IAsyncLifetime
{
    private const string Ana = "5215555550001";
    private WhatsAppSetting setting = null!;

    private GraphStandIn Graph => setting.Graph;

    public async ValueTask InitializeAsync()
    {
        setting = await WhatsAppSetting.StartAsync();
        await setting.WriteAsync(Ana, "Primera");
        await Graph.NextAsync();
        await Graph.NextAsync();
        await UntilAsync(() => setting.Get<Outbox>().Waiting() == 0);
    }

    public async ValueTask DisposeAsync()
    {
        await setting.DisposeAsync();
        Assert.Empty(Graph.Complaints);
    }

    private void Post(string text)
    {
        var contact = setting.Get<Contacts>().Find("whatsapp", $"whatsapp:{Ana}")!;
        setting.Get<Mailbox>().Post(new Recipient("whatsapp", contact.Lane!, contact.Address!, null), new BotMessage.Note(text));
    }

    [Fact]
    public async Task After_24_hours_messages_wait_for_their_person_whom_one_template_asks_to_write()
    {
        setting.Time.Advance(TimeSpan.FromHours(24));
        Post("Aviso uno");
        Post("Aviso dos");

        Assert.Equal(GraphStandIn.Template, await Graph.NextTextAsync());
        await UntilAsync(() => setting.Get<Outbox>().Failures(10).Count(failure => failure.State == "parked") == 2);
        Assert.False(Graph.More);
        await setting.WriteAsync(Ana, "ver");

        Assert.Equal("Aviso uno", await Graph.NextTextAsync());
        Assert.Equal("Aviso dos", await Graph.NextTextAsync());
        Assert.StartsWith("Es todo", await Graph.NextTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Code_131047_leads_to_the_template_as_well()
    {
        Graph.CloseWindow(Ana);
        Post("Aviso uno");

        Assert.Equal(GraphStandIn.Template, await Graph.NextTextAsync());
        await UntilAsync(() => setting.Get<Outbox>().Failures(10) is [{ State: "parked" }]);
        await setting.WriteAsync(Ana, "ver");
        Assert.Equal("Aviso uno", await Graph.NextTextAsync());
    }

    [Fact]
    public async Task Whoever_wrote_alto_gets_no_template()
    {
        await setting.WriteAsync(Ana, "ALTO");
        Assert.StartsWith("Listo: no le enviaré más avisos", await Graph.NextTextAsync(), StringComparison.Ordinal);
        setting.Time.Advance(TimeSpan.FromHours(25));
        Post("Aviso uno");

        await UntilAsync(() => setting.Get<Outbox>().Failures(10) is [{ State: "parked" }]);
        Assert.False(Graph.More);
    }

    [Fact]
    public async Task Code_131056_pauses_that_person_and_then_delivers()
    {
        Graph.NextCode(131056);
        Graph.NextCode(131056);
        Post("Aviso uno");

        await AdvanceUntilAsync(() => Graph.More);

        Assert.Equal("Aviso uno", await Graph.NextTextAsync());
        Assert.Empty(setting.Get<Outbox>().Failures(10));
    }

    [Theory]
    [InlineData(190, 401)]
    [InlineData(10, 403)]
    [InlineData(131031, 400)]
    public async Task A_token_or_an_account_that_fails_stops_all_sending(int code, int status)
    {
        Graph.NextCode(code, status);
        var earlier = Graph.Requests;
        Post("Aviso uno");
        await UntilAsync(() => Graph.Requests > earlier && setting.Get<Outbox>().Waiting() == 1);
        await UntilAsync(() => setting.Get<Outbox>().Take("nadie", DateTimeOffset.MinValue) is null);
        var before = Graph.Requests;

        Post("Aviso dos");
        await AdvanceUntilAsync(() => setting.Get<Outbox>().Failures(10) is [{ State: "failed" }, ..]);

        Assert.Equal(before, Graph.Requests);
    }

    [Theory]
    [InlineData(131026)]
    [InlineData(131051)]
    [InlineData(100)]
    [InlineData(131049)]
    [InlineData(130497)]
    public async Task What_cannot_be_delivered_is_reported_and_not_tried_again(int code)
    {
        Graph.NextCode(code);
        Post("Aviso uno");
        Post("Aviso dos");

        Assert.Equal("Aviso dos", await Graph.NextTextAsync());
        Assert.Contains($"error {code}", Assert.Single(setting.Get<Outbox>().Failures(10)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_gateway_leaves_open_whether_it_arrived_and_nothing_is_sent_twice()
    {
        Graph.NextPage(502);
        await setting.WriteAsync(Ana, "Segunda");

        Assert.Contains("escriba «repetir»", await Graph.NextTextAsync(), StringComparison.Ordinal);
        await setting.WriteAsync(Ana, "repetir");
        Assert.Contains("Respuesta a Segunda", await Graph.NextTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_failure_that_is_reported_later_is_kept_once_and_131047_offers_the_answer_again()
    {
        await setting.WriteAsync(Ana, "Segunda");
        var id = GraphStandIn.IdOf(await Graph.NextAsync());
        await UntilAsync(() => setting.Get<Outbox>().Waiting() == 0);

        var status = WhatsAppSetting.Envelope(WhatsAppSetting.Value(statuses: [WhatsAppSetting.Failure(id, 131047)]));
        Assert.Equal(200, await setting.PostAsync(status));
        Assert.Equal(200, await setting.PostAsync(status));

        Assert.StartsWith("No le llegó un mensaje mío", await Graph.NextTextAsync(), StringComparison.Ordinal);
        await UntilAsync(() => setting.Get<Outbox>().Waiting() == 0);
        Assert.False(Graph.More);
        Assert.Equal("failed", Assert.Single(setting.Get<Outbox>().Failures(10)).State);
    }

    [Fact]
    public async Task A_burst_to_one_person_keeps_to_the_rate_and_its_order()
    {
        var said = Enumerable.Range(1, PairRate.Burst + 4).Select(number => $"Aviso {number}").ToList();
        foreach (var text in said) Post(text);

        var sent = new List<string>();
        await AdvanceUntilAsync(() =>
        {
            while (Graph.More) sent.Add(Graph.NextTextAsync().Result);
            return sent.Count == said.Count;
        });

        Assert.Equal(said, sent);
    }

    [Fact]
    public void A_person_gets_ten_at_once_and_then_one_in_six_seconds()
    {
        var pairs = new PairRate(setting.Time);
        for (var i = 0; i < PairRate.Burst; i++) Assert.Null(pairs.Take("a"));

        Assert.Equal(TimeSpan.FromSeconds(6), pairs.Take("a"));
        Assert.Null(pairs.Take("b"));
        setting.Time.Advance(TimeSpan.FromSeconds(6));
        Assert.Null(pairs.Take("a"));
        Assert.NotNull(pairs.Take("a"));
    }

    /// <summary>The clock of the test goes on in steps while the server works.</summary>
    private async Task AdvanceUntilAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 400 && !condition(); tries++)
        {
            setting.Time.Advance(TimeSpan.FromSeconds(10));
            setting.Get<OutboxBell>().Ring();
            await Task.Delay(10, TestContext.Current.CancellationToken);
            if (tries % 30 == 29) setting.Time.Advance(TimeSpan.FromMinutes(10));
        }
        Assert.True(condition());
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 500 && !condition(); tries++) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
