using System.Text.Json.Nodes;
using ParalegalBot.Conversations;

namespace ParalegalBot.Server.Channels.Activities;

/// <summary>The passages of a reply as an Adaptive Card: quote, dates, and a button that opens the article at the passage.</summary>
internal static class PassageCard
{
    /// <summary>Characters of one quote; the page behind the button has the whole.</summary>
    private const int MostQuote = 1200;

    /// <summary>Passages on one card.</summary>
    private const int MostPassages = 18;

    /// <summary>The card; null where the reply stands on nothing.</summary>
    public static JsonObject? Of(Reply reply, PublicAddress address)
    {
        var passages = reply.Citations.Concat(reply.Sources).Take(MostPassages).ToList();
        return passages.Count == 0 ? null : new JsonObject
        {
            ["type"] = "AdaptiveCard",
            ["$schema"] = "http://adaptivecards.io/schemas/adaptive-card.json",
            ["version"] = "1.5",
            ["lang"] = "es",
            ["fallbackText"] = string.Join("; ", passages.Select(passage => passage.Printed)),
            ["body"] = new JsonArray([Text(reply.Citations.Count > 0 ? "Fundamento" : "Artículos relacionados", ("weight", "Bolder"), ("size", "Medium")), .. passages.Select(passage => Passage(passage, address))]),
        };
    }

    private static JsonNode Passage(ReplySource source, PublicAddress address)
    {
        var number = source.Number is { } value ? $"[{value}] " : "";
        var items = new JsonArray(
            Text($"{number}{source.Printed}", ("weight", "Bolder")),
            Text(source.LawTitle, ("isSubtle", true), ("spacing", "None"), ("size", "Small")),
            Text(Clip.To(source.Quoted, MostQuote)));
        if (source.Currency.Length > 0) items.Add(Text(source.Currency + ".", ("isSubtle", true), ("size", "Small")));
        items.Add(new JsonObject
        {
            ["type"] = "ActionSet",
            ["actions"] = new JsonArray(new JsonObject { ["type"] = "Action.OpenUrl", ["title"] = Clip.To($"Abrir {source.Printed}", 60), ["url"] = address.Of(source.Url) }),
        });
        return new JsonObject { ["type"] = "Container", ["separator"] = true, ["items"] = items };
    }

    private static JsonNode Text(string text, params ReadOnlySpan<(string Name, JsonNode Value)> looks)
    {
        var block = new JsonObject { ["type"] = "TextBlock", ["text"] = ActivityMarkdown.Escape(text), ["wrap"] = true };
        foreach (var (name, value) in looks) block[name] = value;
        return block;
    }
}
