using System.Globalization;
using System.Text;

namespace ParalegalBot.Conversations;

/// <summary>A reply as plain text with its citations, as it is copied or sent over a channel without formatting.</summary>
public static class ReplyText
{
    /// <summary>The reply; links are absolute under <paramref name="address"/>.</summary>
    public static string Of(Reply reply, Uri address)
    {
        var text = new StringBuilder();
        if (reply.Demonstration is { } demonstration) text.Append(demonstration).Append("\n\n");
        foreach (var line in reply.Opening) text.Append(line).Append("\n\n");
        foreach (var (index, claim) in reply.Claims.Index())
        {
            var numbers = string.Concat(claim.Citations.Select(number => string.Create(CultureInfo.InvariantCulture, $" [{number}]")));
            text.Append(CultureInfo.InvariantCulture, $"{index + 1}. {claim.Text}{numbers}\n");
        }
        if (reply.Help is { } help) text.Append('\n').Append(help).Append('\n');
        AppendSources(text, "Fundamento", reply.Citations, address);
        AppendSources(text, "Artículos relacionados", reply.Sources, address);
        return text.Append('\n').Append(reply.NotAdvice ?? Introduction.Disclaimer).Append('\n').ToString();
    }

    private static void AppendSources(StringBuilder text, string title, IReadOnlyList<ReplySource> sources, Uri address)
    {
        if (sources.Count == 0) return;
        text.Append(CultureInfo.InvariantCulture, $"\n{title}\n");
        foreach (var source in sources)
        {
            var number = source.Number is { } value ? string.Create(CultureInfo.InvariantCulture, $"[{value}] ") : "- ";
            text.Append(CultureInfo.InvariantCulture, $"{number}{source.Printed} ({source.LawTitle})\n{source.Quoted}\n");
            if (source.Currency.Length > 0) text.Append(source.Currency).Append('\n');
            text.Append(new Uri(address, source.Url)).Append('\n');
        }
    }
}
