using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Activities;
using ParalegalBot.Server.Channels.Sending;
using ParalegalBot.Server.Channels.Turns;

namespace ParalegalBot.Server.DirectLine;

/// <summary>
/// <c>/v3/directline</c>: as much of Direct Line 3.0 as the stock Web Chat control needs to talk by polling. The token decides who writes in which
/// conversation; whatever the page says of it is overwritten.
/// </summary>
public static class DirectLineApi
{
    /// <summary>Name of the policy for pages of other addresses.</summary>
    public const string Cors = "directline";

    /// <summary>The event with which the control reports a thumb.</summary>
    private const string Thumb = "webchat:activity-status/feedback";

    private const int MostActivities = 200;
    private const int MaxChannelData = 4096;

    public static IServiceCollection AddDirectLine(this IServiceCollection services)
    {
        services.AddValidatedOptions<DirectLineOptions, DirectLineOptions.Rules>("DirectLine");
        services.AddSingleton<DirectLineTokens>();
        services.AddSingleton<IChannel, DirectLineChannel>();
        services.AddCors();
        services.AddOptions<Microsoft.AspNetCore.Cors.Infrastructure.CorsOptions>().Configure<IOptions<DirectLineOptions>>((cors, options) => cors.AddPolicy(Cors, policy => policy
            .WithOrigins([.. options.Value.Origins]).WithMethods("GET", "POST").WithHeaders("authorization", "content-type", "x-ms-bot-agent", "x-requested-with").SetPreflightMaxAge(TimeSpan.FromHours(1))));
        return services;
    }

    public static void MapDirectLine(this IEndpointRouteBuilder routes)
    {
        var line = routes.MapGroup("/v3/directline").RequireCors(Cors).WithMetadata(new RequestSizeLimitAttribute(ActivityBody.MaxBytes));
        line.MapPost("/tokens/generate", GenerateAsync);
        line.MapPost("/tokens/refresh", RefreshAsync);
        line.MapPost("/conversations", StartAsync);
        line.MapGet("/conversations/{id}", ReconnectAsync);
        line.MapGet("/conversations/{id}/activities", ReceiveAsync);
        line.MapPost("/conversations/{id}/activities", SendAsync);
    }

    /// <summary>Direct Line's way to write the place of an activity in its transcript.</summary>
    public static string IdOf(long number) => number.ToString("D9", CultureInfo.InvariantCulture);

    private static async Task<IResult> GenerateAsync(HttpRequest request, DirectLineTokens tokens, CancellationToken cancellationToken)
    {
        if (!tokens.On) return Results.NotFound();
        if (!tokens.MayGenerate(request.Headers.Authorization)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        string? person = null;
        if (request.HasJsonContentType())
        {
            var (body, status) = await ActivityBody.ReadAsync<StartBody>(request, cancellationToken);
            if (body is null) return Results.StatusCode(status);
            person = body.User?.Id;
            if (person is not null && (!ActivityBody.Usable(person) || !person.StartsWith("dl_", StringComparison.Ordinal))) return Results.BadRequest();
        }
        return Results.Ok(Session(tokens, tokens.NewSession(person)));
    }

    private static async Task<IResult> RefreshAsync(HttpRequest request, DirectLineTokens tokens) =>
        !tokens.On ? Results.NotFound() : await tokens.ReadAsync(request.Headers.Authorization) is { } session ? Results.Ok(Session(tokens, session)) : Results.StatusCode(StatusCodes.Status403Forbidden);

    private static async Task<IResult> StartAsync(
        HttpRequest request, DirectLineTokens tokens, Mailbox mailbox, Contacts contacts, PrivacyCommand privacy, IOptions<FirmOptions> firm)
    {
        if (!tokens.On) return Results.NotFound();
        if (await tokens.ReadAsync(request.Headers.Authorization) is not { } session) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var recipient = new Recipient(DirectLineChannel.ChannelName, LaneOf(session), new DirectLineAddress(session.Person, null).Write(), Incoming.PersonKeyOf(DirectLineChannel.ChannelName, session.Person));
        contacts.Inform(recipient.Channel, recipient.Person!, mailbox.Draft(recipient, privacy.Notice(recipient.Channel)));
        mailbox.Post(recipient, HelpCommand.Welcome(firm.Value), $"bienvenida/{recipient.Lane}");
        return Results.Json(Session(tokens, session), statusCode: StatusCodes.Status201Created);
    }

    private static Task<IResult> ReconnectAsync(string id, HttpRequest request, DirectLineTokens tokens) =>
        InConversationAsync(id, request, tokens, session => Task.FromResult(Results.Ok(Session(tokens, session))));

    private static Task<IResult> ReceiveAsync(string id, string? watermark, HttpContext context, DirectLineTokens tokens, Transcripts transcripts) =>
        InConversationAsync(id, context.Request, tokens, session =>
        {
            context.Response.Headers.CacheControl = "no-store";
            var after = long.TryParse(watermark, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
            var lines = transcripts.After(LaneOf(session), after, MostActivities);
            var body = new JsonObject
            {
                ["activities"] = new JsonArray([.. lines.Select(line => Shown(line, session))]),
                ["watermark"] = (lines is [.., var last] ? last.Number : after).ToString(CultureInfo.InvariantCulture),
            };
            return Task.FromResult(Results.Text(body.ToJsonString(), "application/json"));
        });

    private static Task<IResult> SendAsync(string id, HttpRequest request, DirectLineTokens tokens, Transcripts transcripts, Reception reception, Outbox outbox, FeedbackStore feedback, CancellationToken cancellationToken) =>
        InConversationAsync(id, request, tokens, async session =>
        {
            var (sent, status) = await ActivityBody.ReadAsync<SentActivity>(request, cancellationToken);
            if (sent is null) return Results.StatusCode(status);
            if (string.IsNullOrEmpty(sent.Type)) return Results.BadRequest();
            if (sent is { Type: "event", Name: Thumb }) Rate(sent, session, outbox, feedback);
            if (sent.Type != "message") return Results.Ok(new { id = "" }); // typing and events need no answer
            var echo = new JsonObject { ["type"] = "message", ["text"] = sent.Text ?? "", ["textFormat"] = "plain" };
            if (sent.ChannelData is { ValueKind: JsonValueKind.Object } data && data.GetRawText() is { Length: <= MaxChannelData } raw) echo["channelData"] = JsonNode.Parse(raw);
            var person = Incoming.PersonKeyOf(DirectLineChannel.ChannelName, session.Person);
            // The control repeats a message whose reply it missed; its own id tells that it is the same.
            var number = transcripts.Add(LaneOf(session), ClientId(echo["channelData"]) is { } own ? $"cliente/{own}" : null, person, echo.ToJsonString());
            var receipt = reception.Accept(new Incoming
            {
                Channel = DirectLineChannel.ChannelName,
                Id = IdOf(number),
                Conversation = session.Conversation,
                Person = session.Person,
                Text = sent.Text ?? "",
                Address = new DirectLineAddress(session.Person, IdOf(number)).Write(),
            });
            return receipt == ReceiptKind.Full ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable) : Results.Ok(new { id = IdOf(number) });
        });

    private static async Task<IResult> InConversationAsync(string id, HttpRequest request, DirectLineTokens tokens, Func<DirectLineSession, Task<IResult>> serve)
    {
        if (!tokens.On) return Results.NotFound();
        return await tokens.ReadAsync(request.Headers.Authorization) is { } session && session.Conversation == id
            ? await serve(session)
            : Results.StatusCode(StatusCodes.Status403Forbidden);
    }

    /// <summary>A line of the transcript as the control reads it; who wrote it tells whether it answers something of theirs or is theirs.</summary>
    private static JsonObject Shown(TranscriptLine line, DirectLineSession session)
    {
        var activity = JsonNode.Parse(line.Body)!.AsObject();
        var own = activity["textFormat"]?.GetValue<string>() == "plain";
        activity["id"] = IdOf(line.Number);
        activity["timestamp"] = line.At.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);
        activity["channelId"] = "directline";
        activity["conversation"] = new JsonObject { ["id"] = session.Conversation };
        activity["from"] = own ? new JsonObject { ["id"] = session.Person, ["role"] = "user" } : new JsonObject { ["id"] = "bot", ["role"] = "bot" };
        return activity;
    }

    /// <summary>A thumb names the answer; only one that was given in this conversation is rated.</summary>
    private static void Rate(SentActivity sent, DirectLineSession session, Outbox outbox, FeedbackStore feedback)
    {
        if (sent.Entities is not [JsonObject thumb, ..] || Text(thumb["@type"]) is not (ActivityRendering.LikeAction or ActivityRendering.DislikeAction) || Text(thumb["object"]) is not { } answer) return;
        if (outbox.Carried(LaneOf(session), answer))
            feedback.Add(answer, Incoming.PersonKeyOf(DirectLineChannel.ChannelName, session.Person), Text(thumb["@type"]) == ActivityRendering.LikeAction, null);
    }

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? ClientId(JsonNode? channelData) =>
        Text(channelData?["clientActivityID"]) is { Length: > 0 and <= 200 } id ? id : null;

    private static object Session(DirectLineTokens tokens, DirectLineSession session) =>
        new { conversationId = session.Conversation, token = tokens.Write(session), expires_in = DirectLineTokens.Lifetime };

    private static string LaneOf(DirectLineSession session) => Incoming.LaneOf(DirectLineChannel.ChannelName, session.Conversation);

    private sealed record StartBody(StartBody.Account? User)
    {
        public sealed record Account(string? Id);
    }

    private sealed record SentActivity(string? Type, string? Name, string? Text, JsonElement? ChannelData, IReadOnlyList<JsonNode?>? Entities);
}
