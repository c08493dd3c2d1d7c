using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Records;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.Tests.WhatsApp;

public sealed class WebhookTests : IAsyncLifetime
{
    private const string Ana = "5215555550001";
    private const string Beto = "5215555550002";
    private WhatsAppSetting setting = null!;

    private GraphStandIn Graph => setting.Graph;

    public async ValueTask InitializeAsync() => setting = await WhatsAppSetting.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await setting.DisposeAsync();
        Assert.Empty(Graph.Complaints);
    }

    [Theory]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=palabra-propia", 200)]
    [InlineData("hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=otra", 403)]
    [InlineData("hub.mode=unsubscribe&hub.challenge=1158201444&hub.verify_token=palabra-propia", 403)]
    [InlineData("hub.challenge=1158201444", 403)]
    public async Task The_webhook_is_verified_with_the_word_of_one_s_own(string query, int expected)
    {
        using var response = await setting.Client.GetAsync($"/api/whatsapp?{query}", TestContext.Current.CancellationToken);

        Assert.Equal(expected, (int)response.StatusCode);
        if (expected != 200) return;
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal("1158201444", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Without_credentials_the_channel_is_not_there()
    {
        await using var server = new SampleServer();
        using var client = server.CreateClient();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/api/whatsapp?hub.mode=subscribe", TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.PostAsync("/api/whatsapp", new StringContent("{}"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Theory]
    [InlineData("WhatsApp:AccessToken", "EAAG", "WhatsApp:AppSecret")]
    [InlineData("WhatsApp:GraphBaseAddress", "http://graph.example/v26.0", "WhatsApp:GraphBaseAddress = 'http://graph.example/v26.0'")]
    public void Half_or_wrong_settings_stop_the_start_and_are_named(string name, string value, string expected)
    {
        using var server = new SampleServer { [name] = value };

        var error = Assert.ThrowsAny<Exception>(() => server.CreateClient());

        Assert.Contains(expected, (error as OptionsValidationException ?? error.InnerException ?? error).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("sha256=00")]
    [InlineData("sha1=0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=zz00000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("sha256=0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task Without_the_right_signature_nothing_happens(string? signature)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(WhatsAppSetting.Payload(setting.Text(Ana, "Primera")));

        Assert.Equal(401, await setting.PostAsync(body, signature));

        Assert.Equal(0, setting.Get<Inbox>().Waiting());
        Assert.Null(setting.Get<Contacts>().Find("whatsapp", $"whatsapp:{Ana}"));
        Assert.Equal(0, Graph.Requests);
    }

    /// <summary>The same text in bytes that a serializer would not write back alike.</summary>
    [Theory]
    [InlineData("\\u00bfQu\\u00e9 \\ud83d\\udc69\\u200d\\u2696\\ufe0f?", "¿Qué 👩‍⚖️?")]
    [InlineData("¿Qué 👩‍⚖️?", "¿Qué 👩‍⚖️?")]
    [InlineData("a\\/b \\u003ci\\u003e", "a/b <i>")]
    [InlineData("medio \\ud83d par", "")]
    [InlineData("nulo \\u0000 aquí", "nulo  aquí")]
    public async Task The_signature_is_read_over_the_very_bytes(string written, string read)
    {
        Graph.Wrote(Ana, "wamid.x");
        var body = Encoding.UTF8.GetBytes($$$"""
            { "object" : "whatsapp_business_account",
              "entry":[{"id":"1","changes":[{"value":{"metadata":{"phone_number_id":"{{{GraphStandIn.NumberId}}}"},
              "messages":[{"from":"{{{Ana}}}","id":"wamid.x","timestamp":"1796137200","type":"text","text":{"body":"{{{written}}}"}}]},"field":"messages"}]}]}
            """);
        var asked = "";
        setting.Server.Answer = (question, _, _) =>
        {
            asked = question.Text;
            return Task.FromResult<Answer>(setting.Server.Cited());
        };

        Assert.Equal(200, await setting.PostAsync(body));
        await Graph.NextAsync();
        await Graph.NextAsync();

        Assert.Equal(read, asked);
        if (read.Length > 0) Assert.Equal(401, await setting.PostAsync(JsonSerializer.SerializeToUtf8Bytes(JsonDocument.Parse(body).RootElement), ParalegalBot.Server.WhatsApp.WebhookSignature.Of(body, WhatsAppSetting.Secret)));
    }

    [Fact]
    public async Task A_batch_is_taken_apart_and_each_person_is_answered()
    {
        var payload = WhatsAppSetting.Envelope(
            WhatsAppSetting.Value([setting.Text(Ana, "Primera"), setting.Text(Beto, "Segunda")]),
            WhatsAppSetting.Value(statuses: [new { id = "wamid.de-antes", status = "read", timestamp = "1", recipient_id = Ana }]),
            WhatsAppSetting.Value([setting.Text("5215555550003", "Tercera")], contacts: [new { profile = new { name = "Caro" }, wa_id = "5215555550003" }]),
            WhatsAppSetting.Value([setting.Text(Ana, "De otro número")], numberId: "1"));

        Assert.Equal(200, await setting.PostAsync(payload));
        var said = new List<string>();
        for (var i = 0; i < 6; i++) said.Add(await Graph.NextTextAsync());

        Assert.Equal(3, said.Count(text => text.StartsWith("Aviso de privacidad", StringComparison.Ordinal)));
        foreach (var question in (string[])["Primera", "Segunda", "Tercera"]) Assert.Single(said, text => text.Contains($"Respuesta a {question} tras 0.", StringComparison.Ordinal));
        Assert.False(Graph.More);
    }

    [Fact]
    public async Task Payloads_that_say_nothing_to_the_bot_are_taken_and_ignored()
    {
        var before = Graph.Requests;

        Assert.Equal(200, await setting.PostAsync(WhatsAppSetting.Envelope(WhatsAppSetting.Value(statuses: [new { id = "wamid.a", status = "delivered" }]))));
        Assert.Equal(200, await setting.PostAsync(new { @object = "whatsapp_business_account", entry = new[] { new { changes = new[] { new { field = "account_update", value = new { } } } } } }));
        Assert.Equal(200, await setting.PostAsync(new { @object = "page" }));
        Assert.Equal(200, await setting.PostAsync(Encoding.UTF8.GetBytes("[]"), contentType: "text/plain"));
        Assert.Equal(200, await setting.PostAsync(WhatsAppSetting.Payload(setting.Message(Ana, "system", new { type = "user_changed_number" }))));

        Assert.Equal(0, setting.Get<Inbox>().Waiting());
        Assert.Equal(before, Graph.Requests);
    }

    [Fact]
    public async Task A_person_whose_number_is_hidden_is_answered_under_their_id()
    {
        Graph.Wrote("MX.13491208655302741918", "wamid.b");
        var message = new { from_user_id = "MX.13491208655302741918", id = "wamid.b", timestamp = "1796137200", type = "text", text = new { body = "Primera" } };

        Assert.Equal(200, await setting.PostAsync(WhatsAppSetting.Envelope(WhatsAppSetting.Value([message], contacts: [new { profile = new { username = "ana" }, user_id = "MX.13491208655302741918" }]))));
        await Graph.NextAsync();
        var answer = await Graph.NextAsync();

        Assert.Equal("MX.13491208655302741918", (string?)answer["recipient"]);
        Assert.Null(answer["to"]);
        Assert.Contains("Respuesta a Primera", GraphStandIn.TextOf(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_message_twice_is_answered_once_and_messages_of_one_person_in_order()
    {
        var first = setting.Text(Ana, "Primera", "wamid.c");

        Assert.Equal(200, await setting.PostAsync(WhatsAppSetting.Payload(first, first)));
        Assert.Equal(200, await setting.PostAsync(WhatsAppSetting.Payload(first)));
        await setting.WriteAsync(Ana, "Segunda");
        await setting.WriteAsync(Ana, "Tercera");

        Assert.StartsWith("Aviso de privacidad", await Graph.NextTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Respuesta a Primera tras 0.", await Graph.NextTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Respuesta a Segunda tras 2.", await Graph.NextTextAsync(), StringComparison.Ordinal);
        Assert.Contains("Respuesta a Tercera tras 4.", await Graph.NextTextAsync(), StringComparison.Ordinal);
        // An answer that comes at once shows no sign of typing, but its question is marked as read.
        await UntilAsync(() => Graph.Signs.ToArray().Any(sign => (string?)sign["message_id"] == "wamid.c" && sign["typing_indicator"] is null));
    }

    [Theory]
    [InlineData("image")]
    [InlineData("audio")]
    [InlineData("document")]
    [InlineData("sticker")]
    [InlineData("location")]
    [InlineData("unsupported")]
    [InlineData("something_new")]
    public async Task What_is_no_text_is_answered_kindly(string type)
    {
        Assert.Equal(200, await setting.PostAsync(WhatsAppSetting.Payload(setting.Message(Ana, type, new { id = "1", mime_type = "x/y", caption = "mira" }))));
        await Graph.NextAsync();

        Assert.StartsWith("Por ahora solo leo texto", await Graph.NextTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("interactive", """{"type":"list_reply","list_reply":{"id":"¿Cuántos días de vacaciones corresponden?","title":"¿Cuántos días…"}}""")]
    [InlineData("interactive", """{"type":"button_reply","button_reply":{"id":"¿Cuántos días de vacaciones corresponden?","title":"Vacaciones"}}""")]
    [InlineData("button", """{"payload":"¿Cuántos días de vacaciones corresponden?","text":"Vacaciones"}""")]
    public async Task A_choice_is_read_as_its_whole_text(string type, string content)
    {
        await setting.PostAsync(WhatsAppSetting.Payload(setting.Message(Ana, type, JsonDocument.Parse(content).RootElement)));
        await Graph.NextAsync();

        Assert.Contains("Respuesta a ¿Cuántos días de vacaciones corresponden?", await Graph.NextTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("👍", true)]
    [InlineData("👎🏽", false)]
    [InlineData("❤️", true)]
    [InlineData("😂", null)]
    [InlineData(null, null)]
    public async Task A_thumb_on_an_answer_is_kept_as_its_rating(string? emoji, bool? liked)
    {
        await setting.WriteAsync(Ana, "Primera");
        await Graph.NextAsync();
        var answer = GraphStandIn.IdOf(await Graph.NextAsync());
        await UntilAsync(() => setting.Get<Outbox>().Waiting() == 0);

        await setting.PostAsync(WhatsAppSetting.Payload(setting.Message(Ana, "reaction", emoji is null ? new { message_id = answer } : new { message_id = answer, emoji })));

        Assert.Equal(liked, setting.Get<FeedbackStore>().Of("r1").Select(rating => (bool?)rating.Liked).SingleOrDefault());
    }

    [Fact]
    public async Task Bad_input_gets_its_status_and_leads_nowhere()
    {
        var deep = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 200)) + "1" + new string('}', 200));
        Assert.Equal(400, await setting.PostAsync(deep));
        Assert.Equal(400, await setting.PostAsync(Encoding.UTF8.GetBytes("{\"object\":")));
        Assert.Equal(400, await setting.PostAsync([0xFF, 0xFE, 0x00]));
        Assert.Equal(400, await setting.PostAsync([]));
        Assert.Equal(413, await setting.PostAsync(new byte[ParalegalBot.Server.WhatsApp.WhatsAppApi.MaxBytes + 1]));

        Assert.Equal(0, Graph.Requests);
    }

    [Fact]
    public async Task Whatever_is_signed_never_breaks_the_server()
    {
        var random = new Random(6);
        setting.Server.Answer = (_, _, _) => Task.FromResult<Answer>(setting.Server.Cited());
        var valid = JsonSerializer.Serialize(WhatsAppSetting.Envelope(WhatsAppSetting.Value([setting.Text(Ana, "Primera"), setting.Message(Beto, "interactive", new { type = "list_reply", list_reply = new { id = "a" } })], [WhatsAppSetting.Failure("wamid.x", 131026)])));
        string[] bits = ["null", "[]", "{}", "1e400", "-1", "\"\"", "true", "\"\\ud800\"", "99999999999999999999", "[[[]]]"];

        for (var i = 0; i < 300; i++)
        {
            var changed = new StringBuilder(valid);
            var at = random.Next(valid.Length);
            changed.Remove(at, Math.Min(random.Next(12), valid.Length - at)).Insert(at, bits[random.Next(bits.Length)]);
            Assert.Contains(await setting.PostAsync(Encoding.UTF8.GetBytes(changed.ToString())), (int[])[200, 400]);
        }
        Graph.Complaints.Clear(); // some changed whom to answer, and nobody had written from there
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var tries = 0; tries < 500 && !condition(); tries++) await Task.Delay(10, TestContext.Current.CancellationToken);
        Assert.True(condition());
    }
}
