using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Inference.OpenAiCompatible;

/// <summary>The draft's form as a grammar in llama.cpp's notation (GBNF): stricter than the schema, for each passage has only the sentences that it has.</summary>
internal static class DraftGbnf
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(IReadOnlyList<ScoredPassage> passages)
    {
        var cited = passages.Where(scored => scored.Passage.Sentences.Count > 0).ToList();
        var grammar = new StringBuilder();
        string[] verdicts = cited.Count > 0 ? ["answer", "insufficient", "clarify"] : ["insufficient", "clarify"];
        grammar.Append(CultureInfo.InvariantCulture, $"root ::= {string.Join(" | ", verdicts)}\n");
        grammar.Append(Rule("insufficient", Literal("""{"verdict":"insufficient","claims":[],"clarification":null}""")));
        grammar.Append(Rule("clarify", $$"""{{Literal("""{"verdict":"clarify","claims":[],"clarification":""")}} text "}" """));
        grammar.Append(Rule("text", """ "\"" ( [^"\\\x00-\x1F\x7F] | "\\" ["\\/bfnrt] )+ "\"" """));
        if (cited.Count == 0) return grammar.ToString();
        grammar.Append(Rule("answer", $$"""{{Literal("""{"verdict":"answer","claims":[""")}} claim ( "," claim ){0,5} {{Literal("""],"clarification":null}""")}}"""));
        grammar.Append(Rule("claim", $$"""{{Literal("""{"evidence":[""")}} evidence ( "," evidence ){0,2} {{Literal("""],"text":""")}} text "}" """));
        grammar.Append(Rule("evidence", string.Join(" | ", cited.Select(scored =>
            $"{Literal($$"""{"passage":{{JsonSerializer.Serialize(scored.Passage.Id, Plain)}},"sentences":[""")} numbers{scored.Passage.Sentences.Count} \"]}}\""))));
        foreach (var count in cited.Select(scored => scored.Passage.Sentences.Count).Distinct())
        {
            grammar.Append(Rule($"numbers{count}", $$"""number{{count}} ( "," number{{count}} ){0,7}"""));
            grammar.Append(Rule($"number{count}", string.Join(" | ", Enumerable.Range(1, count).Select(number => $"\"{number}\""))));
        }
        return grammar.ToString();
    }

    private static string Rule(string name, string body) => $"{name} ::= {body.Trim()}\n";

    private static string Literal(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
