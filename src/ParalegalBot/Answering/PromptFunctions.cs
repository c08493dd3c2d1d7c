using System.Collections.Concurrent;
using Microsoft.SemanticKernel;

namespace ParalegalBot.Answering;

/// <summary>The files in <c>Prompts/</c>, rendered by Semantic Kernel: <c>{{$name}}</c> is filled in, and nothing that is filled in is read as a template again.</summary>
public static class PromptFunctions
{
    // The texts go to a model as messages of their own; nobody reads them as chat markup, so they are not escaped for it.
    private static readonly KernelPromptTemplateFactory Factory = new() { AllowDangerouslySetContent = true };
    private static readonly Kernel Nothing = new();
    private static readonly ConcurrentDictionary<string, (IPromptTemplate Template, PromptTemplateConfig Config)> Templates = new(StringComparer.Ordinal);

    /// <summary>The prompts as functions that other agents may call: each renders its text and asks the kernel's engine.</summary>
    public static KernelPlugin Plugin() => KernelPluginFactory.CreateFromFunctions(
        "prompts", "Prompts that answer from numbered passages only.",
        new[] { "system", "question", "retry" }.Select(Load).Select(prompt => KernelFunctionFactory.CreateFromPrompt(prompt.Template, prompt.Config)));

    /// <summary>A prompt with its places filled in.</summary>
    internal static string Render(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var arguments = new KernelArguments();
        foreach (var (place, value) in values) arguments[place] = value;
        // Without functions in a template nothing is waited for.
        return Load(name).Template.RenderAsync(Nothing, arguments).GetAwaiter().GetResult();
    }

    /// <summary>The file as it is.</summary>
    internal static string Text(string name)
    {
        using var stream = typeof(PromptFunctions).Assembly.GetManifestResourceStream($"{name}.txt") ?? throw new InvalidOperationException($"No prompt {name} in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static (IPromptTemplate Template, PromptTemplateConfig Config) Load(string name) => Templates.GetOrAdd(name, static name =>
    {
        var config = new PromptTemplateConfig(Text(name)) { Name = name };
        return (Factory.Create(config), config);
    });
}
