using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using ParalegalBot.Conversations;

namespace ParalegalBot.Server.Channels.Activities;

/// <summary>
/// Messages as activities: the answer as text with its label, citations and thumbs, and a card with the cited passages. For Teams these are two
/// activities, because it gives no id for one that holds both, and the thumbs need it; Web Chat gets one, with the definitions that its citations need.
/// </summary>
public sealed class ActivityRendering(PublicAddress address)
{
    /// <summary>Citations that an activity may carry; the card shows the others as well.</summary>
    public const int MostCitations = 10;

    /// <summary>The kinds of thumbs at the Web Chat control.</summary>
    public const string LikeAction = "LikeAction", DislikeAction = "DislikeAction";

    private const int MostName = 80;
    private const int MostAbstract = 160;
    private const int MostKeyword = 28;

    /// <summary>Half of what Teams takes, in characters, for text and for card.</summary>
    private const int MostText = 20_000;

    /// <summary>The message for a person in Teams.</summary>
    public IEnumerable<JsonObject> ForTeams(string person, BotMessage message)
    {
        if (message is not BotMessage.Answered { Reply: var reply }) return [Note(person, (BotMessage.Note)message)];
        var answer = Answer(person, reply);
        answer["channelData"] = new JsonObject { ["feedbackLoop"] = new JsonObject { ["type"] = "default" } };
        return PassageCard.Of(reply, address) is { } card ? [answer, new JsonObject { ["type"] = "message", ["attachments"] = Attached(card) }] : [answer];
    }

    /// <summary>The message for a person at the Web Chat control.</summary>
    public JsonObject ForWebChat(string person, BotMessage message)
    {
        if (message is not BotMessage.Answered { Reply: var reply }) return Note(person, (BotMessage.Note)message);
        var answer = Answer(person, reply);
        var definitions = reply.Citations.Take(MostCitations).Select(source => $"[{source.Number}]: {address.Of(source.Url)} \"{source.Printed.Replace('"', '\'')}\"");
        if (reply.Citations.Count > 0) answer["text"] = $"{answer["text"]}\n\n{string.Join('\n', definitions)}";
        if (PassageCard.Of(reply, address) is { } card) answer["attachments"] = Attached(card);
        answer["entities"]![0]!["potentialAction"] = new JsonArray(Thumb(LikeAction, reply), Thumb(DislikeAction, reply));
        return answer;
    }

    /// <summary>What Web Chat sends back as it is when its thumb is pressed; it names the answer.</summary>
    private static JsonObject Thumb(string kind, Reply reply) => new() { ["@type"] = kind, ["actionStatus"] = "PotentialActionStatus", ["object"] = reply.Id };

    private JsonObject Note(string person, BotMessage.Note note)
    {
        var links = note.Links.Select(link => $"[{ActivityMarkdown.Escape(link.Words)}]({address.Of(link.Path)})");
        return Message(person, string.Join("\n\n", [ActivityMarkdown.Escape(note.Text), .. links]), note.Choices);
    }

    private JsonObject Answer(string person, Reply reply)
    {
        var activity = Message(person, TextOf(reply), reply.Choices);
        var claims = reply.Citations.Take(MostCitations).Select(source => (JsonNode)new JsonObject
        {
            ["@type"] = "Claim",
            ["position"] = source.Number,
            ["appearance"] = new JsonObject
            {
                ["@type"] = "DigitalDocument",
                ["name"] = Clip.To(source.Printed, MostName),
                ["abstract"] = Clip.To(source.Quoted, MostAbstract),
                ["url"] = address.Of(source.Url),
                ["keywords"] = new JsonArray(Clip.To(source.Law, MostKeyword)),
            },
        });
        activity["entities"] = new JsonArray(new JsonObject
        {
            ["type"] = "https://schema.org/Message",
            ["@type"] = "Message",
            ["@context"] = "https://schema.org",
            ["@id"] = "",
            ["additionalType"] = new JsonArray("AIGeneratedContent"),
            ["citation"] = new JsonArray([.. claims]),
        });
        return activity;
    }

    private static string TextOf(Reply reply)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"**{reply.Headline}**\n\n");
        if (reply.Demonstration is { } demonstration) text.Append(ActivityMarkdown.Escape(demonstration)).Append("\n\n");
        foreach (var line in reply.Opening) text.Append(ActivityMarkdown.Escape(line)).Append("\n\n");
        foreach (var claim in reply.Claims)
        {
            var marks = string.Concat(claim.Citations.Where(number => number <= MostCitations).Select(number => string.Create(CultureInfo.InvariantCulture, $" [{number}]")));
            text.Append(ActivityMarkdown.Escape(claim.Text)).Append(marks).Append("\n\n");
        }
        if (reply.Help is { } help) text.Append(ActivityMarkdown.Escape(help)).Append("\n\n");
        text.Append(CultureInfo.InvariantCulture, $"_{ActivityMarkdown.Escape(reply.NotAdvice ?? Introduction.Disclaimer)}_");
        return text.ToString();
    }

    private static JsonObject Message(string person, string text, IReadOnlyList<string> choices)
    {
        var activity = new JsonObject { ["type"] = "message", ["text"] = Clip.To(text, MostText), ["textFormat"] = "markdown", ["locale"] = "es-MX" };
        if (choices.Count > 0)
        {
            activity["suggestedActions"] = new JsonObject
            {
                ["to"] = new JsonArray(person),
                ["actions"] = new JsonArray([.. choices.Select(choice => (JsonNode)new JsonObject { ["type"] = "imBack", ["title"] = choice, ["value"] = choice })]),
            };
        }
        return activity;
    }

    private static JsonArray Attached(JsonObject card) => new(new JsonObject { ["contentType"] = "application/vnd.microsoft.card.adaptive", ["content"] = card });
}
