using System.Text.Json.Nodes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>
/// Checks requests against an OpenAPI 3.0 description: path, method, query parameters, body. Stricter than the description: a property or a
/// query parameter that it does not name is an error.
/// </summary>
internal sealed class OpenApiDescription(string path)
{
    private readonly JsonNode root = JsonNode.Parse(File.ReadAllText(path))!;
    private readonly Dictionary<string, JsonNode> references = [];

    /// <summary>The path template that a request matches; null where none does. Fixed segments win over parameters.</summary>
    public string? Template(string requested)
    {
        var segments = requested.Split('/');
        return root["paths"]!.AsObject().Select(pair => pair.Key)
            .Where(template => template.Split('/') is var parts && parts.Length == segments.Length
                && parts.Zip(segments).All(pair => pair.First == pair.Second || (pair.First.StartsWith('{') && pair.Second.Length > 0)))
            .MinBy(template => template.Count(c => c == '{'));
    }

    /// <summary>What is wrong with a request; null where nothing is.</summary>
    public string? Error(string template, string method, IEnumerable<KeyValuePair<string, string>> query, JsonNode? body)
    {
        if (root["paths"]![template]![method.ToLowerInvariant()] is not { } operation) return $"{method} is not described for {template}";
        var parameters = (operation["parameters"]?.AsArray() ?? []).Where(parameter => parameter!["in"]!.GetValue<string>() == "query").ToDictionary(parameter => parameter!["name"]!.GetValue<string>());
        foreach (var (name, value) in query)
        {
            if (!parameters.TryGetValue(name, out var parameter)) return $"unknown query parameter {name}";
            var schema = parameter!["schema"]!;
            JsonNode? typed = schema["type"]?.GetValue<string>() switch { "boolean" => bool.TryParse(value, out var flag) ? flag : value, "integer" => long.TryParse(value, out var number) ? number : value, _ => value };
            if (Error(typed, schema, name) is { } error) return error;
        }
        var described = operation["requestBody"]?["content"]?["application/json"]?["schema"];
        if (described is null) return body is null ? null : "a body where none is described";
        return body is null ? "the body is missing" : Error(body, described, "body");
    }

    private string? Error(JsonNode? value, JsonNode schema, string at)
    {
        while (schema["$ref"] is { } reference) schema = Resolve(reference.GetValue<string>());
        if (value is null) return schema["nullable"]?.GetValue<bool>() is true || Alternatives(schema).Any(other => other["nullable"]?.GetValue<bool>() is true) ? null : $"{at} is null";
        var alternatives = Alternatives(schema).ToList();
        if (alternatives.Count > 0)
        {
            var errors = alternatives.Select(alternative => Error(value, alternative, at)).ToList();
            return errors.Contains(null) ? null : $"{at} fits no alternative: {string.Join("; ", errors.Distinct().Take(4))}";
        }
        if (schema["enum"] is JsonArray allowed && !allowed.Any(one => JsonNode.DeepEquals(one, value))) return $"{at} = {value.ToJsonString()} is not among {allowed.ToJsonString()}";
        return schema["type"]?.GetValue<string>() switch
        {
            "object" => value is JsonObject record ? ErrorOf(record, schema, at) : $"{at} is no object",
            "array" => value is JsonArray list ? ErrorOf(list, schema, at) : $"{at} is no array",
            "string" => value is JsonValue text && text.TryGetValue<string>(out _) ? null : $"{at} is no string",
            "boolean" => value is JsonValue flag && flag.TryGetValue<bool>(out _) ? null : $"{at} is no boolean",
            "integer" => value is JsonValue number && number.TryGetValue<long>(out var whole) ? ErrorOf(whole, schema, at) : $"{at} is no integer",
            "number" => value is JsonValue number && number.TryGetValue<double>(out var real) ? ErrorOf(real, schema, at) : $"{at} is no number",
            null when schema["nullable"] is not null => $"{at} is not null",
            _ => null,
        };
    }

    private string? ErrorOf(JsonObject record, JsonNode schema, string at)
    {
        foreach (var name in schema["required"]?.AsArray() ?? [])
            if (!record.ContainsKey(name!.GetValue<string>())) return $"{at} lacks {name}";
        var properties = schema["properties"] as JsonObject;
        var further = schema["additionalProperties"];
        foreach (var (name, value) in record)
        {
            var described = properties?[name] ?? (further is JsonObject ? further : null);
            if (described is null && (further as JsonValue)?.GetValue<bool>() is not true) return $"{at} has an unknown property {name}";
            if (described is not null && Error(value, described, $"{at}.{name}") is { } error) return error;
        }
        return null;
    }

    private string? ErrorOf(JsonArray list, JsonNode schema, string at)
    {
        if (schema["uniqueItems"]?.GetValue<bool>() is true && list.Select(item => item?.ToJsonString()).Distinct().Count() < list.Count) return $"{at} repeats an item";
        var items = schema["items"]!;
        while (items["$ref"] is { } reference) items = Resolve(reference.GetValue<string>());
        return list.Select((item, number) => Error(item, items, $"{at}[{number}]")).FirstOrDefault(error => error is not null);
    }

    private static string? ErrorOf(double number, JsonNode schema, string at) =>
        number < schema["minimum"]?.GetValue<double>() || number > schema["maximum"]?.GetValue<double>() ? $"{at} = {number} is out of range" : null;

    private static IEnumerable<JsonNode> Alternatives(JsonNode schema) => ((schema["anyOf"] ?? schema["oneOf"])?.AsArray() ?? []).Select(one => one!);

    private JsonNode Resolve(string reference)
    {
        lock (references)
            return references.TryGetValue(reference, out var held) ? held
                : references[reference] = reference[2..].Split('/').Aggregate(root, (node, name) => node[name]!);
    }
}
