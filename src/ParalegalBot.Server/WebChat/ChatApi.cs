using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Conversations;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels.Activities;
using ParalegalBot.Server.Operations;
using ParalegalBot.Server.Pages;

namespace ParalegalBot.Server.WebChat;

/// <summary>The chat page and what its script calls. The conversation lives on the server, bound to a cookie.</summary>
public static class ChatApi
{
    public static IServiceCollection AddWebChat(this IServiceCollection services) => services.AddSingleton<ChatReplies>();

    public static void MapChat(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/", (IOptions<FirmOptions> firm) => PageResults.Page<ChatPage>(200, (nameof(ChatPage.Firm), firm.Value)));
        routes.MapGet("/logo", Logo);
        var chat = routes.MapGroup("/chat");
        chat.MapGet("/conversacion", Conversation);
        chat.MapDelete("/conversacion", Forget);
        chat.MapGet("/respuestas/{id}.docx", Document);
        chat.MapPost("/respuestas/{id}/valoracion", RateAsync);
        chat.MapPost("/mensajes", AskAsync).RequireRateLimiting(Protection.Asking).DisableRequestTimeout();
    }

    private static async Task<IResult> AskAsync(HttpContext context, ChatReplies replies, CancellationToken cancellationToken)
    {
        var (body, problem) = await AskBody.ReadAsync(context.Request, cancellationToken);
        if (problem is not null) return problem;
        var conversation = ConversationCookie.ReadOrIssue(context);
        return TypedResults.ServerSentEvents(replies.AskAsync(body!, conversation, AddressOf(context.Request), cancellationToken));
    }

    private static Ok<IReadOnlyList<ShownTurn>> Conversation(HttpContext context, ChatReplies replies)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(ConversationCookie.Read(context) is { } id ? replies.Shown(id, AddressOf(context.Request)) : []);
    }

    private static NoContent Forget(HttpContext context, ConversationStore conversations)
    {
        if (ConversationCookie.Read(context) is { } id) conversations.Delete(id);
        ConversationCookie.Forget(context);
        return TypedResults.NoContent();
    }

    private static Results<FileContentHttpResult, NotFound> Document(
        string id, HttpContext context, ConversationStore conversations, IOptions<FirmOptions> firm)
    {
        var turns = ConversationCookie.Read(context) is { } conversation ? conversations.Exchanges(conversation) : [];
        if (turns.FirstOrDefault(turn => turn.Reply.Id == id) is not var (question, reply)) return TypedResults.NotFound();
        using var file = new MemoryStream();
        ReplyDocument.Write(file, question, reply, firm.Value, AddressOf(context.Request));
        return TypedResults.File(
            file.ToArray(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "respuesta-con-fundamento.docx");
    }

    private static Results<PhysicalFileHttpResult, NotFound> Logo(HttpContext context, IOptions<FirmOptions> firm)
    {
        if (firm.Value.Logo.Length == 0) return TypedResults.NotFound();
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; style-src 'unsafe-inline'; sandbox"; // an SVG may carry scripts
        return TypedResults.PhysicalFile(
            Path.GetFullPath(firm.Value.Logo), Path.GetExtension(firm.Value.Logo) == ".svg" ? "image/svg+xml" : "image/png");
    }

    /// <summary>A thumb on an answer of this browser's own conversation.</summary>
    private static async Task<IResult> RateAsync(string id, HttpContext context, ConversationStore conversations, FeedbackStore feedback, CancellationToken cancellationToken)
    {
        var (rating, status) = await ActivityBody.ReadAsync<Rating>(context.Request, cancellationToken);
        if (rating is null) return Results.StatusCode(status);
        if (ConversationCookie.Read(context) is not { } conversation || conversations.Exchanges(conversation).All(turn => turn.Reply.Id != id)) return Results.NotFound();
        feedback.Add(id, ChatReplies.PersonOf(conversation), rating.Liked, null);
        return Results.NoContent();
    }

    private sealed record Rating([property: JsonRequired] bool Liked);

    private static Uri AddressOf(HttpRequest request) => new($"{request.Scheme}://{request.Host}");
}
