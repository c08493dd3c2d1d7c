using ParalegalBot.Configuration;
using ParalegalBot.Inference;
using ParalegalBot.Server.Operations;

namespace ParalegalBot.Tests.Deployment;

/// <summary>Whether a variable of the environment (<c>Section__Name</c>) is a setting of the bot.</summary>
internal static class Settings
{
    private static readonly HashSet<string> Names =
    [
        .. new[] { typeof(RecordsOptions).Assembly, typeof(InferenceOptions).Assembly, typeof(ProtectionOptions).Assembly }.SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Options", StringComparison.Ordinal)).SelectMany(type => type.GetProperties()).Select(property => property.Name),
        "Index", "FormatterName",
    ];

    public static bool Exists(string variable)
    {
        var last = variable.Split("__").Last(part => !int.TryParse(part, out _));
        return Names.Contains(last) || last.EndsWith("File", StringComparison.Ordinal) && Names.Contains(last[..^4]);
    }
}
