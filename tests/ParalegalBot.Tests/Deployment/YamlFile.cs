using YamlDotNet.RepresentationModel;

namespace ParalegalBot.Tests.Deployment;

/// <summary>A YAML file of deploy/ as plain lists, maps and texts.</summary>
internal static class YamlFile
{
    public static string Folder { get; } = Path.Combine(Shared.Repository, "deploy");

    /// <summary>The documents of a file; a key that stands twice is an error of the parser.</summary>
    public static IReadOnlyList<YamlMappingNode> Read(string name)
    {
        var stream = new YamlStream();
        using var reader = File.OpenText(Path.Combine(Folder, name));
        stream.Load(reader);
        return [.. stream.Documents.Select(document => (YamlMappingNode)document.RootNode)];
    }

    extension(YamlNode node)
    {
        /// <summary>What a path of keys leads to; null where a key is missing.</summary>
        public YamlNode? At(params ReadOnlySpan<string> keys)
        {
            YamlNode? found = node;
            foreach (var key in keys) found = found is YamlMappingNode map && map.Children.TryGetValue(new YamlScalarNode(key), out var next) ? next : null;
            return found;
        }

        /// <summary>A text; null where there is none.</summary>
        public string? Text(params ReadOnlySpan<string> keys) => (node.At(keys) as YamlScalarNode)?.Value;

        /// <summary>The members of a list; none where there is no list.</summary>
        public IReadOnlyList<YamlNode> List(params ReadOnlySpan<string> keys) => node.At(keys) is YamlSequenceNode list ? [.. list] : [];

        /// <summary>The keys and values of a map; none where there is no map.</summary>
        public IReadOnlyList<(string Key, YamlNode Value)> Map(params ReadOnlySpan<string> keys) =>
            node.At(keys) is YamlMappingNode map ? [.. map.Select(pair => (((YamlScalarNode)pair.Key).Value!, pair.Value))] : [];
    }
}
