using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using ParalegalBot.Answering;

namespace ParalegalBot.Agents;

/// <summary>
/// A Semantic Kernel for agents beside the assistant: our retrieval and our prompts as plugins, and the configured engine behind its line,
/// budget and measures, for those are decorators of the engine itself.
/// </summary>
internal static class AgentKernel
{
    public static Kernel Build(IServiceProvider provider)
    {
        var statutes = KernelPluginFactory.CreateFromObject(ActivatorUtilities.CreateInstance<StatutePlugin>(provider), "statutes");
        return new Kernel(provider, [statutes, PromptFunctions.Plugin()]);
    }
}
