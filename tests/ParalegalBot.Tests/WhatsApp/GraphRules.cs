using System.Text.Json.Nodes;

namespace ParalegalBot.Tests.WhatsApp;

/// <summary>What Meta's documentation says a message must look like, with its exact limits in UTF-16 units.</summary>
internal static class GraphRules
{
    private static readonly string[] Common = ["messaging_product", "recipient_type", "to", "recipient", "type", "context"];

    /// <summary>What is wrong with a message; null for nothing.</summary>
    public static string? Problem(JsonObject message)
    {
        var type = Text(message["type"]);
        if (type is not ("text" or "interactive" or "template")) return $"type {type}";
        if (message[type] is not JsonObject content) return $"no {type}";
        if (message.Select(member => member.Key).Except([.. Common, type]).FirstOrDefault() is { } unknown) return $"unknown member {unknown}";
        return type switch
        {
            "text" => Limited(content["body"], 1, 4096, "text.body"),
            "template" => Limited(content["name"], 1, 512, "template.name") ?? Limited(content["language"]?["code"], 2, 7, "template.language.code"),
            _ => Limited(content["body"]?["text"], 1, 1024, "interactive.body.text") ?? Interactive(Text(content["type"]), content["action"] as JsonObject),
        };
    }

    private static string? Interactive(string? type, JsonObject? action) => (type, action) switch
    {
        (_, null) => "no action",
        ("button", _) => Buttons(action["buttons"] as JsonArray ?? []),
        ("list", _) => Limited(action["button"], 1, 20, "button") ?? Sections(action["sections"] as JsonArray ?? []),
        ("cta_url", _) when Text(action["name"]) != "cta_url" => "action.name",
        ("cta_url", _) => Limited(action["parameters"]?["display_text"], 1, 20, "display_text")
            ?? (Uri.TryCreate(Text(action["parameters"]?["url"]), UriKind.Absolute, out var url) && url.Scheme == "https" ? null : "url"),
        _ => $"interactive type {type}",
    };

    private static string? Buttons(JsonArray buttons)
    {
        if (buttons.Count is 0 or > 3) return $"{buttons.Count} buttons";
        if (Repeated(buttons.Select(button => Text(button?["reply"]?["title"]))) || Repeated(buttons.Select(button => Text(button?["reply"]?["id"])))) return "repeated buttons";
        return buttons.Select(button => Text(button?["type"]) != "reply" ? "button type" : Limited(button?["reply"]?["title"], 1, 20, "title") ?? Limited(button?["reply"]?["id"], 1, 256, "id")).FirstOrDefault(problem => problem is not null);
    }

    private static string? Sections(JsonArray sections)
    {
        var rows = sections.SelectMany(section => section?["rows"] as JsonArray ?? []).ToList();
        if (sections.Count is 0 or > 10 || rows.Count is 0 or > 10) return $"{sections.Count} sections, {rows.Count} rows";
        if (Repeated(rows.Select(row => Text(row?["id"])))) return "repeated rows";
        return sections.Select(section => section?["title"] is null && sections.Count == 1 ? null : Limited(section?["title"], 1, 24, "section title"))
            .Concat(rows.Select(row => Limited(row?["id"], 1, 200, "row id") ?? Limited(row?["title"], 1, 24, "row title") ?? (row?["description"] is { } described ? Limited(described, 1, 72, "description") : null)))
            .FirstOrDefault(problem => problem is not null);
    }

    private static bool Repeated(IEnumerable<string?> texts) => texts.GroupBy(text => text).Any(group => group.Count() > 1);

    private static string? Limited(JsonNode? node, int least, int most, string name) => Text(node) switch
    {
        null => $"{name} is missing",
        var text when text.Length < least || text.Length > most => $"{name} has {text.Length} characters",
        var text when text.Where((c, place) => char.IsHighSurrogate(c) ? place + 1 >= text.Length || !char.IsLowSurrogate(text[place + 1]) : char.IsLowSurrogate(c) && (place == 0 || !char.IsHighSurrogate(text[place - 1]))).Any() => $"{name} has half a character",
        _ => null,
    };

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
}
