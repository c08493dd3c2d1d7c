using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ParalegalBot.Conversations;
using ParalegalBot.Server.Channels;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>What the bot says as WhatsApp messages without their recipient: plain and short, with buttons, lists and one link button where they fit.</summary>
internal sealed class WhatsAppRendering(PublicAddress address)
{
    // Meta's limits less five per cent: 4096 and 1024 characters, 20 for a button, 24 and 72 for a row.
    public const int MostText = 3890;
    public const int MostBody = 970;
    public const int MostButton = 19;
    public const int MostRowTitle = 22;
    public const int MostRowDescription = 68;

    /// <summary>Characters of an answer before its sources; the first point is always whole.</summary>
    public const int ShortAnswer = 600;

    private const int MostParts = 3;
    private const int MostRows = 10;
    private const int MostButtons = 3;
    private const int MostId = 190;
    private const string ChooseLabel = "Elegir";

    public IReadOnlyList<JsonObject> Render(BotMessage message) => message switch
    {
        BotMessage.Answered(var reply) => Answer(reply),
        BotMessage.Note note => Note(note),
        _ => throw new InvalidOperationException($"Unknown message {message.GetType().Name}."),
    };

    private IReadOnlyList<JsonObject> Note(BotMessage.Note note)
    {
        var text = WhatsAppText.FromMarkdown(note.Text);
        if (note.Choices.Count > 0) return Choices(string.Join("\n", [text, .. note.Links.Select(link => $"{link.Words}: {address.Of(link.Path)}")]), note.Choices);
        return note.Links is [var only]
            ? Linked(text, only.Words, address.Of(only.Path), $"{text}\n\n{only.Words}: {address.Of(only.Path)}")
            : Texts(string.Join("\n", [text, .. note.Links.Select(link => $"{link.Words}: {address.Of(link.Path)}")]));
    }

    private IReadOnlyList<JsonObject> Answer(Reply reply)
    {
        var said = new List<string>();
        if (reply.Demonstration is { } demonstration) said.Add($"_{WhatsAppText.Plain(demonstration)}_");
        said.AddRange(reply.Opening.Select(WhatsAppText.Plain));
        var (shown, left) = Points(reply.Claims);
        said.AddRange(shown.Select((claim, index) => Point(claim, reply.Claims.Count > 1 ? index + 1 : null)));
        if (left > 0) said.Add($"Hay {left} {(left == 1 ? "punto" : "puntos")} más: escriba *completo*.");
        if (reply.Help is { } help) said.Add(WhatsAppText.Plain(help));
        if (reply.Choices.Count > 0) return Choices(string.Join("\n\n", said), reply.Choices);

        var cited = shown.SelectMany(claim => claim.Citations).ToHashSet();
        var sources = reply.Citations.Where(source => cited.Contains(source.Number ?? 0)).Concat(reply.Claims.Count == 0 ? reply.Sources : []).ToList();
        var title = reply.Claims.Count > 0 ? "*Fundamento*" : "*Artículos relacionados*";
        string Said(bool links) => string.Join("\n\n",
            [.. said, .. sources.Count > 0 ? [$"{title}\n{string.Join('\n', sources.Select(source => Source(source, links)))}"] : Array.Empty<string>(), .. reply.NotAdvice is { } advice ? [$"_{WhatsAppText.Plain(advice)}_"] : Array.Empty<string>()]);
        return sources is [var only] ? Linked(Said(links: false), $"Ver {only.Printed}", address.Of(only.Url), Said(links: true)) : Texts(Said(links: true));
    }

    /// <summary>The points that fit into a short answer, the first in any case, and how many are left.</summary>
    private static (IReadOnlyList<ReplyClaim> Shown, int Left) Points(IReadOnlyList<ReplyClaim> claims)
    {
        var length = 0;
        var shown = claims.TakeWhile((claim, index) => (length += claim.Text.Length) <= ShortAnswer || index == 0).ToList();
        return (shown, claims.Count - shown.Count);
    }

    private static string Point(ReplyClaim claim, int? number) => string.Create(CultureInfo.InvariantCulture,
        $"{(number is { } place ? $"{place}. " : "")}{WhatsAppText.FromMarkdown(claim.Text)} {string.Concat(claim.Citations.Select(citation => $"[{citation}]"))}").TrimEnd();

    private string Source(ReplySource source, bool link)
    {
        var line = new StringBuilder(source.Number is { } number ? $"[{number.ToString(CultureInfo.InvariantCulture)}] " : "- ").Append(source.Printed);
        if (!source.Official) line.Append(" (síntesis no oficial)");
        if (source.VerifiedThrough is { } verified) line.Append(CultureInfo.InvariantCulture, $", verificado hasta el {SpanishDate.Long(verified)}");
        if (link) line.Append('\n').Append(address.Of(source.Url));
        return line.ToString();
    }

    /// <summary>A button that opens a page where people can reach it; else the text with the address in it.</summary>
    private static IReadOnlyList<JsonObject> Linked(string text, string label, string url, string otherwise) => text.Length > MostBody || !url.StartsWith("https://", StringComparison.Ordinal)
        ? Texts(otherwise)
        :
        [
            Interactive("cta_url", text, new JsonObject
            {
                ["name"] = "cta_url",
                ["parameters"] = new JsonObject { ["display_text"] = label.Length <= MostButton ? label : "Ver el artículo", ["url"] = url },
            }),
        ];

    /// <summary>Buttons for a few short choices, a list for up to ten, lines of text for anything else. The id of a choice is its whole text.</summary>
    private static IReadOnlyList<JsonObject> Choices(string text, IReadOnlyList<string> choices)
    {
        if (choices.Count > MostRows || choices.Any(choice => choice.Length is 0 or > MostId) || choices.Distinct().Count() < choices.Count)
            return Texts($"{text}\n\n{string.Join('\n', choices.Select(choice => $"- {WhatsAppText.Plain(choice)}"))}");
        var action = choices.Count <= MostButtons && choices.All(choice => choice.Length <= MostButton)
            ? ("button", new JsonObject { ["buttons"] = new JsonArray([.. choices.Select(choice => new JsonObject { ["type"] = "reply", ["reply"] = new JsonObject { ["id"] = choice, ["title"] = choice } })]) })
            : ("list", new JsonObject { ["button"] = ChooseLabel, ["sections"] = new JsonArray(new JsonObject { ["title"] = "Opciones", ["rows"] = new JsonArray([.. choices.Select(Row)]) }) });
        return text.Length <= MostBody
            ? [Interactive(action.Item1, text, action.Item2)]
            : [.. Texts(text), Interactive(action.Item1, "Elija una opción o escriba su respuesta.", action.Item2)];
    }

    private static JsonObject Row(string choice)
    {
        var row = new JsonObject { ["id"] = choice, ["title"] = Clip.To(choice, MostRowTitle) };
        if (choice.Length > MostRowTitle) row["description"] = Clip.To(choice, MostRowDescription);
        return row;
    }

    private static JsonObject Interactive(string type, string body, JsonObject action) =>
        new() { ["type"] = "interactive", ["interactive"] = new JsonObject { ["type"] = type, ["body"] = new JsonObject { ["text"] = body }, ["action"] = action } };

    /// <summary>At most three messages: each costs of the rate for one person.</summary>
    private static IReadOnlyList<JsonObject> Texts(string text)
    {
        var parts = WhatsAppText.Split(text, MostText).ToList();
        if (parts.Count > MostParts) parts = [.. parts.Take(MostParts - 1), Clip.To(parts[MostParts - 1], MostText - 60) + "\n\n(Sigue en los artículos citados.)"];
        return [.. parts.Select(part => new JsonObject { ["type"] = "text", ["text"] = new JsonObject { ["body"] = part, ["preview_url"] = false } })];
    }
}
